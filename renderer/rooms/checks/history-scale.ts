import type { CheckRule, Finding } from '../../../shared/contract/checks.ts';

/** The frame that the line is drawn in, in pixels. */
export interface Frame {
  readonly width: number;
  readonly height: number;
}

/** One run in the line: oldest first; `y` is missing where there was no pass rate. */
export interface Point {
  readonly finding: Finding;
  readonly x: number;
  readonly y: number | undefined;
}

/** A pass rate below which a rule warns or fails. */
export interface Threshold {
  readonly is: 'warn' | 'fail';
  readonly value: number;
  readonly y: number;
}

export interface HistoryScale {
  readonly points: readonly Point[];
  /** The line in pieces: it breaks where a run could not be evaluated. */
  readonly paths: readonly string[];
  readonly thresholds: readonly Threshold[];
  readonly ticks: readonly { readonly value: number; readonly y: number }[];
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
}

const margin = { top: 10, right: 14, bottom: 20, left: 52 };

/** Places runs side by side from the oldest to the newest, and pass rates between the lowest of them and 100. */
export function historyScale(newestFirst: readonly Finding[], rule: CheckRule, frame: Frame): HistoryScale {
  const findings = newestFirst.toReversed();
  const limits = limitsOf(rule);
  const values = findings.flatMap(({ value }) => (value === null ? [] : [value]));
  const [low, high] = domain([...values, ...limits.map(({ value }) => value)]);
  const right = frame.width - margin.right;
  const bottom = frame.height - margin.bottom;
  const y = (value: number) => margin.top + ((high - value) / (high - low)) * (bottom - margin.top);
  const step = findings.length > 1 ? (right - margin.left) / (findings.length - 1) : 0;
  const start = findings.length > 1 ? margin.left : (margin.left + right) / 2;
  const points = findings.map((finding, at) => ({
    finding,
    x: start + at * step,
    y: finding.value === null ? undefined : y(finding.value),
  }));
  const ticks = [high, (high + low) / 2, low].map((value) => ({ value, y: y(value) }));
  const thresholds = limits.map((limit) => ({ ...limit, y: y(limit.value) }));
  return { points, paths: pathsOf(points), thresholds, ticks, left: margin.left, right, bottom };
}

/** The lowest pass rates that are still fine; 100 and 0 need no line. */
const limitsOf = ({ warnAbove, failAbove }: CheckRule) =>
  [
    ...(warnAbove === undefined ? [] : [{ is: 'warn' as const, value: 100 - warnAbove }]),
    { is: 'fail' as const, value: 100 - failAbove },
  ].filter(({ value }) => value > 0);

/** From a little below the lowest to 100, over at least half a percent. */
function domain(values: readonly number[]): readonly [number, number] {
  const lowest = Math.min(100, ...values);
  const span = Math.max(0.5, (100 - lowest) * 1.15);
  return [Math.max(0, 100 - span), 100];
}

function pathsOf(points: readonly Point[]): string[] {
  const paths: string[] = [];
  let open = '';
  for (const { x, y } of points) {
    if (y === undefined) {
      if (open) paths.push(open);
      open = '';
    } else open += `${open ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`;
  }
  return open ? [...paths, open] : paths;
}
