import { atLeast, atMost } from './check-bounds.ts';
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

type Rows = Pick<Finding, 'badRows' | 'rowsJudged' | 'rowsRead'>;

/** How many rows break a rule, of how many it could judge: `1 of 4 rows breaks it`, `10 of 10 rows judged (1,000 read) break it`. */
export const breakWords = (rows: Rows): string =>
  `${ofRows(rows)} ${rows.badRows === 1 ? 'breaks' : 'break'} it`;

/** Bad rows of those that were judged, and of how many these are where that is not all: `10 of 10 rows judged (1,000 read)`. */
export const ofRows = ({ badRows, rowsJudged, rowsRead }: Rows): string =>
  `${count(badRows)} of ${judgedWords({ rowsJudged, rowsRead })}`;

/** How many rows a rule could judge: `4 rows`, `10 rows judged (1,000 read)`. */
export const judgedWords = ({ rowsJudged, rowsRead }: Omit<Rows, 'badRows'>): string =>
  rowsJudged === rowsRead
    ? counted(rowsRead, 'row')
    : `${counted(rowsJudged, 'row')} judged (${count(rowsRead)} read)`;

/** Bounds in words: `at least 10, at most 20 rows`; empty where there are none. */
export function boundWords({ min, max }: Bounds, unit: string): string {
  const low = min === undefined ? [] : [atLeast(min, (limit) => measured(limit, unit))];
  const high = max === undefined ? [] : [atMost(max, (limit) => measured(limit, unit))];
  return [...low, ...high].join(', ');
}
