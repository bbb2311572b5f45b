import { count } from '../../../../shared/number-words.ts';
import type { ColouredPoints } from './coloured-points.ts';
import styles from './map.module.css';

/** What the colours stand for, and how many documents have each. */
export function Legend({ points: { legend, colours } }: { readonly points: ColouredPoints }) {
  return (
    <ul className={styles['legend']} aria-label="Colours">
      {legend.map(({ label, documents }, at) =>
        documents === 0 ? null : (
          <li key={colours[at]}>
            <span className={styles['swatch']} style={{ background: colours[at] }} aria-hidden />
            <span className={styles['name']} title={label}>
              {label}
            </span>
            <span className={styles['count']}>{count(documents)}</span>
          </li>
        ),
      )}
    </ul>
  );
}
