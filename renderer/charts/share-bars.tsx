import { count } from '../../shared/number-words.ts';
import styles from './share-bars.module.css';

/** One bar with its words. */
export interface Share {
  readonly key: string;
  readonly label: string;
  readonly faint?: boolean;
  readonly count: number;
}

/** Values with their counts as bars of the whole. */
export function ShareBars(props: {
  readonly label: string;
  readonly shares: readonly Share[];
  readonly whole: number;
}) {
  const { label, shares, whole } = props;
  return (
    <ul aria-label={label} className={styles['list']}>
      {shares.map((share) => (
        <li key={share.key} className={styles['line']} title={share.label}>
          <span
            aria-hidden
            className={styles['bar']}
            style={{ width: `${whole > 0 ? (share.count * 100) / whole : 0}%` }}
          />
          <span className={share.faint ? styles['faint'] : styles['words']}>{share.label}</span>
          <span className={styles['count']}>{count(share.count)}</span>
        </li>
      ))}
    </ul>
  );
}
