import { count } from '../ui/format.ts';
import styles from './histogram.module.css';

/** Counts between equal steps as bars. `small` is for the head of a column. */
export function Histogram(props: {
  /** What is counted, read aloud: "amount". */
  readonly label: string;
  readonly counts: readonly number[];
  readonly from?: string | null | undefined;
  readonly to?: string | null | undefined;
  readonly small?: boolean;
}) {
  const { label, counts, from, to, small } = props;
  const most = Math.max(1, ...counts);
  const bars = counts.map((value, at) => ({
    x: at + 0.06,
    height: value === 0 ? 0 : Math.max(0.03, value / most),
    says: `step ${at + 1} of ${counts.length}: ${count(value)}`,
  }));
  const says = `How ${label} is spread${from && to ? ` from ${from} to ${to}` : ''}`;
  return (
    <figure className={small ? styles['small'] : styles['large']}>
      <svg role="img" aria-label={says} viewBox={`0 0 ${counts.length} 1`} preserveAspectRatio="none">
        {bars.map((bar) => (
          <rect
            key={bar.x}
            x={bar.x}
            y={1 - bar.height}
            width={0.88}
            height={bar.height}
            className={styles['bar']}
          >
            {!small && <title>{bar.says}</title>}
          </rect>
        ))}
      </svg>
      {!small && (
        <figcaption className={styles['ends']}>
          <span>{from}</span>
          <span>{to}</span>
        </figcaption>
      )}
    </figure>
  );
}
