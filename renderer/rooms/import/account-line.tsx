import type { Account } from '../../../shared/contract/files.ts';
import { count, counted } from '../../../shared/number-words.ts';
import { skippedWords } from '../../../shared/skipped-words.ts';
import styles from './import-view.module.css';

/** Where every record of the file goes: physical = rows + rejected + skipped. */
export function AccountLine({
  account,
  complete,
}: {
  readonly account: Account;
  readonly complete: boolean;
}) {
  const { physical, loaded, rejected, skipped, skippedBy } = account;
  const why = skippedWords(skippedBy);
  return (
    <p className={styles['account']} data-selectable>
      {!complete && <span className={styles['muted']}>First megabytes: </span>}
      <strong>{counted(physical, 'record')}</strong>
      {' = '}
      <strong>{counted(loaded, 'row')}</strong>
      {' + '}
      <span data-tone={rejected > 0 ? 'warn' : undefined}>{count(rejected)} rejected</span>
      {' + '}
      <span title={why.join(', ')}>
        {count(skipped)} skipped
        {why.length > 0 && <span className={styles['muted']}> ({why.join(', ')})</span>}
      </span>
    </p>
  );
}
