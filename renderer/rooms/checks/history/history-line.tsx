import type { CheckRule, Finding } from '../../../../shared/contract/checks.ts';
import { measured, valueWords } from '../../../../shared/finding-words.ts';
import { count } from '../../../../shared/number-words.ts';
import styles from './history.module.css';
import { type Frame, type HistoryScale, historyScale, type Point } from './history-scale.ts';

const shortNumber = new Intl.NumberFormat('en-US', { notation: 'compact', maximumSignificantDigits: 4 });
const day = (at: string) => `${at.slice(0, 10)} ${at.slice(11, 16)}`;

/** Pass rates over the runs as a line; what could not be evaluated stands below it as a cross. */
export function HistoryLine(props: {
  readonly findings: readonly Finding[];
  readonly rule: CheckRule;
  readonly frame: Frame;
}) {
  const { findings, rule, frame } = props;
  const scale = historyScale(findings, rule, frame);
  const { points, paths } = scale;
  return (
    <svg
      width={frame.width}
      height={frame.height}
      role="img"
      aria-label={inWords(findings)}
      className={styles['chart']}
    >
      <Axes scale={scale} />
      <Thresholds scale={scale} />
      {paths.map((path) => (
        <path key={path} d={path} className={styles['line']} />
      ))}
      {points.map((point) => (
        <Mark key={point.finding.id} point={point} bottom={scale.bottom} />
      ))}
    </svg>
  );
}

function Axes({ scale }: { readonly scale: HistoryScale }) {
  const { ticks, left, right, bottom, points } = scale;
  const [first, last] = [points[0], points.at(-1)];
  return (
    <g>
      {ticks.map(({ value, y }) => (
        <g key={value}>
          <line x1={left} x2={right} y1={y} y2={y} className={styles['grid']} />
          <text x={left - 6} y={y} className={styles['tick']}>
            {scale.unit === null ? `${Number(value.toFixed(2))}%` : shortNumber.format(value)}
          </text>
        </g>
      ))}
      {first && points.length > 1 && (
        <text x={left} y={bottom + 14} className={styles['date']}>
          {day(first.finding.at)}
        </text>
      )}
      {last && (
        <text x={right} y={bottom + 14} className={styles['lastDate']}>
          {day(last.finding.at)}
        </text>
      )}
    </g>
  );
}

/** Lines at which the rule warns and fails, each with its word. */
function Thresholds({ scale }: { readonly scale: HistoryScale }) {
  return scale.thresholds.map(({ is, side, value, y }) => (
    <g key={`${is} ${side}`} data-is={is} className={styles['threshold']}>
      <line x1={scale.left} x2={scale.right} y1={y} y2={y} />
      <text x={scale.left + 4} y={side === 'below' ? y + 11 : y - 4}>
        {`${is}s ${side} ${scale.unit === null ? `${Number(value.toFixed(2))}%` : measured(value, scale.unit)}`}
      </text>
    </g>
  ));
}

/** One run: a round dot where it passed, a square where it warned, a diamond where it failed, a cross where there is no number. */
function Mark({ point: { finding, x, y }, bottom }: { readonly point: Point; readonly bottom: number }) {
  const { verdict, value, badRows, at, reason } = finding;
  const says =
    value === null
      ? `${verdict}: ${reason ?? ''}`
      : finding.unit === null
        ? `${verdict}: ${value.toFixed(2)}%, ${count(badRows)} bad`
        : `${verdict}: ${valueWords(finding)}`;
  return (
    <g className={styles['mark']} data-verdict={verdict} transform={`translate(${x} ${y ?? bottom - 5})`}>
      <title>{`${day(at)} · ${says}`}</title>
      <circle r={9} className={styles['reach']} />
      {y === undefined && <path d="M-3 -3L3 3M-3 3L3 -3" className={styles['cross']} />}
      {y !== undefined && verdict === 'pass' && <circle r={3} />}
      {y !== undefined && verdict === 'warn' && <rect x={-3} y={-3} width={6} height={6} />}
      {y !== undefined && verdict === 'fail' && <path d="M0 -4.4L4.4 0L0 4.4L-4.4 0Z" />}
    </g>
  );
}

/** The line in one sentence, for those who do not see it. */
function inWords(newestFirst: readonly Finding[]): string {
  const valued = newestFirst.filter(({ value }) => value !== null);
  const [last, first] = [valued[0], valued.at(-1)];
  if (last === undefined || first === undefined) return 'No run could be evaluated.';
  const what = last.unit === null ? 'Rows that pass' : 'Measured';
  return `${what} over ${valued.length} runs: from ${valueWords(first)} to ${valueWords(last)}.`;
}
