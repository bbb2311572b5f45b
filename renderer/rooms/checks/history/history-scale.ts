import type { CheckRule, Finding } from '../../../../shared/contract/checks.ts';

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

/** A value beyond which a rule warns or fails. */
interface Limit {
  readonly is: 'warn' | 'fail';
  readonly side: 'below' | 'above';
  readonly value: number;
}

export interface Threshold extends Limit {
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
  /** What values count; null for shares of rows. */
  readonly unit: string | null;
}

const margin = { top: 10, right: 14, bottom: 20, left: 52 };

/** Places runs side by side from the oldest to the newest: pass rates between the lowest of them and 100, measured values in their own range. */
export function historyScale(newestFirst: readonly Finding[], rule: CheckRule, frame: Frame): HistoryScale {
  const findings = newestFirst.toReversed();
  const unit = newestFirst.find((finding) => finding.value !== null)?.unit ?? null;
  const limits = unit === null ? limitsOf(rule) : boundsOf(newestFirst);
  const values = findings.flatMap(({ value }) => (value === null ? [] : [value]));
  const shown = [...values, ...limits.map(({ value }) => value)];
  const [low, high] = unit === null ? domain(shown) : ownDomain(shown);
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
  return { points, paths: pathsOf(points), thresholds, ticks, left: margin.left, right, bottom, unit };
}

/** The lowest pass rates that are still fine; 100 and 0 need no line, and a number of rows is no rate. */
const limitsOf = ({ warnAbove, failAbove, limitsIn }: CheckRule): readonly Limit[] =>
  limitsIn === 'rows'
    ? []
    : [
        ...(warnAbove === undefined ? [] : [{ is: 'warn', side: 'below', value: 100 - warnAbove } as const]),
        { is: 'fail', side: 'below', value: 100 - failAbove } as const,
      ].filter(({ value }) => value > 0);

/** The bounds that the newest run was held against. */
function boundsOf(newestFirst: readonly Finding[]): readonly Limit[] {
  const bounds = newestFirst.find((finding) => finding.bounds)?.bounds;
  return (['fail', 'warn'] as const).flatMap((is) => {
    const { min, max } = (is === 'fail' ? bounds?.fails : bounds?.warns) ?? {};
    return [
      ...(min === undefined ? [] : [{ is, side: 'below', value: min } as const]),
      ...(max === undefined ? [] : [{ is, side: 'above', value: max } as const]),
    ];
  });
}

/** The values themselves with a little room on both sides. */
function ownDomain(values: readonly number[]): readonly [number, number] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const room = Math.max((high - low) * 0.12, Math.abs(high) * 0.01, 0.01);
  return [low - room, high + room];
}

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
