import { TriangleAlert } from 'lucide-react';
import type { PlainVersions } from '../../../shared/contract/promote.ts';
import styles from './plan.module.css';

/** Versions on the target that hold as it was what is masked or left out now: in red, and never passed over. */
export function PlainVersionsList({ plain }: { readonly plain: readonly PlainVersions[] }) {
  return (
    <section className={styles['gates']} aria-label="Readable in older versions">
      <h3>Readable in older versions on the target</h3>
      <ul>
        {plain.map(({ table, says }) => (
          <li key={table} className={styles['plain']}>
            <TriangleAlert aria-hidden />
            <span>{says}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
