import type { Bounds, EarlierValue } from './define-check.ts';

/** What earlier values are comparable with one of a given moment. */
export type Season = 'none' | 'hour' | 'weekday' | 'day of month' | 'month end';

const day = 24 * 3600 * 1000;

/** Moments with the same key are compared with one another. */
const keys: Readonly<Record<Season, (at: Date) => number>> = {
  none: () => 0,
  hour: (at) => at.getUTCHours(),
  weekday: (at) => at.getUTCDay(),
  'day of month': (at) => at.getUTCDate(),
  'month end': (at) => Number(new Date(at.getTime() + 3 * day).getUTCMonth() !== at.getUTCMonth()),
};

/** Those of the earlier values that a value of now is to be held against. */
export function comparable(earlier: readonly EarlierValue[], season: Season, now: Date): number[] {
  const key = keys[season](now);
  return earlier.filter(({ at }) => keys[season](new Date(at)) === key).map(({ value }) => value);
}

/** Where the next value is expected: so many median deviations around the median, never narrower than a hundredth of it. */
export function usualBounds(values: readonly number[], tolerance: number): Required<Bounds> {
  const middle = median(values);
  const spread = 1.4826 * median(values.map((value) => Math.abs(value - middle)));
  const off = tolerance * Math.max(spread, Math.abs(middle) / 100);
  return { min: middle - off, max: middle + off };
}

/** The middle value; of an even number of values, the mean of the middle two. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length / 2;
  return ((sorted[Math.ceil(half) - 1] ?? 0) + (sorted[Math.floor(half)] ?? 0)) / 2;
}
