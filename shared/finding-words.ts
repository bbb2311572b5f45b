import type { Finding } from './contract/checks.ts';
import type { Bounds } from './define-check.ts';
import { count, counted } from './number-words.ts';

/** Whole numbers in full, others to six digits. */
const plain = new Intl.NumberFormat('en-US', {
  maximumSignificantDigits: 6,
  maximumFractionDigits: 0,
  roundingPriority: 'morePrecision',
});

/** A measured value with its unit: `1,204 rows`, `97.5%`, `0.12`. */
export const measured = (value: number | bigint, unit: string): string =>
  `${plain.format(value)}${unit && unit !== '%' ? ' ' : ''}${Number(value) === 1 ? unit.replace(/s$/, '') : unit}`;

/** What a finding says in a number: the share of rows that pass, or what was measured; empty where there is none. */
export function valueWords({ value, unit }: Pick<Finding, 'value' | 'unit'>): string {
  if (value === null) return '';
  return unit === null ? `${value.toFixed(2)}%` : measured(value, unit);
}

/** How many rows break a rule, of how many: `1 of 4 rows breaks it`. */
export const breakWords = (bad: number, of: number): string =>
  `${count(bad)} of ${counted(of, 'row')} ${bad === 1 ? 'breaks' : 'break'} it`;

/** Bounds in words: `at least 10, at most 20 rows`; empty where there are none. */
export function boundWords({ min, max }: Bounds, unit: string): string {
  const low = min === undefined ? [] : [`at least ${measured(min, unit)}`];
  const high = max === undefined ? [] : [`at most ${measured(max, unit)}`];
  return [...low, ...high].join(', ');
}
