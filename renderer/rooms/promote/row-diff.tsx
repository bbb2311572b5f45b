import type { PlannedChange } from '../../../shared/contract/promote.ts';
import { count } from '../../../shared/number-words.ts';
import styles from './row-diff.module.css';

/** How many rows come, become others and go, as a diff has it: +12 ~3 −5. Nothing where they were too many to compare; said in words beside it. */
export function RowDiff({ change }: { readonly change: PlannedChange }) {
  const { added, changed, removed } = partsOf(change);
  return (
    <span aria-hidden className={styles['diff']}>
      {added > 0 && <ins>+{count(added)}</ins>}
      {changed > 0 && <span>~{count(changed)}</span>}
      {removed > 0 && <del>−{count(removed)}</del>}
    </span>
  );
}

/** Only a table that is replaced loses the rows that are not here. */
function partsOf({ action, counts, rows }: PlannedChange) {
  if (action === 'create') return { added: rows, changed: 0, removed: 0 };
  if (!counts) return { added: 0, changed: 0, removed: 0 };
  return { ...counts, removed: action === 'replace' ? counts.removed : 0 };
}
