import type { Bounds } from './define-check.ts';
import { nextAbove, nextBelow, writtenBeside } from './next-number.ts';
import { type Field, number } from './params.ts';
import { problem } from './problem.ts';

/** The four limits of a measured value, as parameters; `what` is what is measured. */
export const boundParams = (what: string) => ({
  min: limit('At least', `Fails where ${what} is below. Empty: no lower bound.`),
  max: limit('At most', `Fails where ${what} is above. Empty: no upper bound.`),
  warnMin: limit('Warn below', `Only warns where ${what} is below. Empty: never.`),
  warnMax: limit('Warn above', `Only warns where ${what} is above. Empty: never.`),
});

/** The upper limits alone, for what is better the smaller it is. */
export const upperParams = (what: string) => ({
  max: limit('At most', `Fails where ${what} is above.`),
  warnMax: limit('Warn above', `Only warns where ${what} is above. Empty: never.`),
});

const limit = (label: string, help: string): Field<number | null> => number(label, help, { optional: true });

/** The limits as they were set. */
export interface Limits {
  readonly min?: number | null;
  readonly max?: number | null;
  readonly warnMin?: number | null;
  readonly warnMax?: number | null;
}

/** Limits as a metric has them; none at all is refused, because such a rule would always pass. */
export function boundsOf({ min, max, warnMin, warnMax }: Limits): {
  readonly fails: Bounds;
  readonly warns: Bounds;
} {
  const fails = sides(min, max);
  const warns = sides(warnMin, warnMax);
  if (Object.keys(fails).length + Object.keys(warns).length > 0) return { fails, warns };
  throw problem('bad_input', 'The rule has no limits.', { hint: 'Set a lower or an upper bound.' });
}

/** Whether a value lies within bounds; undefined where there is none. */
export function within(value: number | undefined, { min, max }: Bounds): boolean | undefined {
  if (value === undefined) return undefined;
  return !((min !== undefined && value < min) || (max !== undefined && value > max));
}

const sides = (min: number | null | undefined, max: number | null | undefined): Bounds => ({
  ...(min === null || min === undefined ? {} : { min }),
  ...(max === null || max === undefined ? {} : { max }),
});

/** A lower limit in words, which may be what follows a number that is itself not allowed. */
export function atLeast(low: number, words: (limit: number) => string): string {
  const beside = writtenBeside(low, nextBelow);
  return beside === undefined ? `at least ${words(low)}` : `more than ${words(beside)}`;
}

/** An upper limit in words. */
export function atMost(high: number, words: (limit: number) => string): string {
  const beside = writtenBeside(high, nextAbove);
  return beside === undefined ? `at most ${words(high)}` : `less than ${words(beside)}`;
}

/** Limits in words: "at least 10 and at most 20 rows". */
export function limitWords({ min, max, warnMin, warnMax }: Limits, unit = ''): string {
  const low = min ?? warnMin;
  const high = max ?? warnMax;
  const words = [
    ...(low === null || low === undefined ? [] : [atLeast(low, String)]),
    ...(high === null || high === undefined ? [] : [atMost(high, String)]),
  ];
  const gap = unit && unit !== '%' ? ' ' : '';
  return words.length > 0 ? `${words.join(' and ')}${gap}${unit}` : 'within limits';
}
