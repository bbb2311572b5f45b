import type { Drift } from '../../../shared/contract/promote.ts';
import { count } from '../../../shared/number-words.ts';
import { ago } from '../../ui/format.ts';
import styles from './plan.module.css';

/** What people changed on the target after it was promoted: nothing of it is replaced unasked. */
export function DriftList({ drift }: { readonly drift: readonly Drift[] }) {
  return (
    <section className={styles['gates']} aria-label="Changed on the target">
      <h3>Changed on the target since it was promoted</h3>
      <ul>
        {drift.map(({ table, since, columns, rowsThen, rowsNow }) => (
          <li key={table}>
            <span>{ago(since)}</span>
            <b>{table}</b>
            <span>
              {columns.join(', ')} · {count(rowsThen)} rows then, {count(rowsNow)} now
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
