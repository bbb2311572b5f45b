import { isNumeric, typeFamily } from '../../../../shared/column.ts';
import { median } from '../../../../shared/usual-values.ts';
import type { ValueColumn } from './columnar.ts';
import { countedValues } from './values-of.ts';

/** A distinct value that can be counted with. */
export interface Numbered {
  readonly place: number;
  readonly text: string;
  readonly count: number;
  readonly number: number;
}

/** True for columns of dates or times. */
export const isDated = ({ type }: ValueColumn): boolean =>
  ['date', 'timestamp', 'timestamptz'].includes(typeFamily(type));

/** The values of a column of numbers, or of dates as milliseconds; none for other columns. */
export function numbersOf(column: ValueColumn): Numbered[] {
  const dated = isDated(column);
  if (!dated && !isNumeric(column.type)) return [];
  return countedValues(column).flatMap((value) => {
    const number = dated ? Date.parse(isoOf(value.text)) : Number(value.text);
    return Number.isFinite(number) ? [{ ...value, number }] : [];
  });
}

/** PostgreSQL's text of a date or time as ISO 8601; times without a zone are read as UTC. */
const isoOf = (text: string) => {
  const iso = text.replace(' ', 'T');
  if (!iso.includes('T')) return `${iso}T00:00:00Z`;
  return /[+-]\d\d(:?\d\d)?$/.test(iso) ? iso.replace(/([+-]\d\d)$/, '$1:00') : `${iso}Z`;
};

/** The middle of weighted numbers and their median deviation from it, as a standard deviation would be. */
export function middleOf(numbers: readonly { readonly number: number; readonly count: number }[]): {
  readonly middle: number;
  readonly spread: number;
} {
  const middle = weightedMedian(numbers);
  const off = numbers.map(({ number, count }) => ({ number: Math.abs(number - middle), count }));
  return { middle, spread: 1.4826 * weightedMedian(off) };
}

function weightedMedian(numbers: readonly { readonly number: number; readonly count: number }[]): number {
  const sorted = numbers.toSorted((a, b) => a.number - b.number);
  const half = sorted.reduce((sum, { count }) => sum + count, 0) / 2;
  let passed = 0;
  for (const { number, count } of sorted) {
    passed += count;
    if (passed >= half) return number;
  }
  return median(sorted.map(({ number }) => number));
}
