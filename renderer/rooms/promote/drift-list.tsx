import type { Drift } from '../../../shared/contract/promote.ts';
import { driftExamples, driftInWords } from '../../../shared/drift-words.ts';
import { ago } from '../../ui/format.ts';
import styles from './plan.module.css';

/** What people changed on the target after it was promoted: nothing of it is replaced unasked. */
export function DriftList({ drift }: { readonly drift: readonly Drift[] }) {
  return (
    <section className={styles['gates']} aria-label="Changed on the target">
      <h3>Changed on the target since it was promoted</h3>
      <ul>
        {drift.map((one) => (
          <li key={one.table}>
            <span>{ago(one.since)}</span>
            <b>{one.table}</b>
            <span>
              {driftInWords(one)}
              {driftExamples(one).map((row) => (
                <div key={row}>{row}</div>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
