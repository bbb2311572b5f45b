import styles from './histogram.module.css';

/** Two distributions in small, one over the other: the earlier one as an outline behind the bars. */
export function Overlay(props: {
  readonly label: string;
  /** Shares of the whole, 0 to 1. */
  readonly before: readonly number[];
  readonly now: readonly number[];
  /** What each bar is of, where it is of a value. */
  readonly names: readonly string[] | undefined;
}) {
  const { label, before, now, names } = props;
  const most = Math.max(...before, ...now, 1e-9);
  const percent = (share: number | undefined) => `${((share ?? 0) * 100).toFixed(1)} %`;
  const bars = now.map((share, at) => ({
    at,
    now: share / most,
    before: (before[at] ?? 0) / most,
    says: `${names?.[at] ?? `step ${at + 1} of ${now.length}`}: ${percent(before[at])} before, ${percent(share)} now`,
  }));
  return (
    <figure className={styles['small']}>
      <svg
        role="img"
        aria-label={`How ${label} was and is spread`}
        viewBox={`0 0 ${Math.max(1, now.length)} 1`}
        preserveAspectRatio="none"
      >
        {bars.map((bar) => (
          <g key={bar.at}>
            <rect x={bar.at} y={1 - bar.before} width={0.96} height={bar.before} className={styles['past']} />
            <rect x={bar.at + 0.2} y={1 - bar.now} width={0.56} height={bar.now} className={styles['bar']} />
            <rect x={bar.at} y={0} width={1} height={1} fill="transparent">
              <title>{bar.says}</title>
            </rect>
          </g>
        ))}
      </svg>
    </figure>
  );
}
