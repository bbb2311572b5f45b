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

/** A number with its distance from the middle, in median deviations. */
export interface Placed extends Numbered {
  readonly distance: number;
}

/** Beyond so many deviations a number is far off in any case. */
const far = 7;
/** And beyond so many, where nothing lies in a whole deviation on the way to it. */
const farAlone = 3.5;

interface Scale {
  readonly middle: number;
  readonly spread: number;
  readonly of: (number: number) => number;
}

/** Numbers that lie far from where the others lie, in the scale in which they are nearest: long tails are no outliers. */
export function farOff(numbers: readonly Numbered[]): Placed[] {
  const scales = scalesOf(numbers);
  if (scales.length === 0) return [];
  const sorted = numbers.toSorted((a, b) => a.number - b.number);
  const centre = middleOf(numbers).middle;
  const middle = sorted.findIndex(({ number }) => number >= centre);
  const distanceOf = (number: number) =>
    Math.min(...scales.map((scale) => Math.abs(scale.of(number) - scale.middle) / scale.spread));
  const gap = (a: number, b: number) =>
    Math.min(...scales.map(({ of, spread }) => Math.abs(of(a) - of(b)) / spread));
  const walk = (side: readonly Numbered[]): Placed[] => {
    const placed = side.map((one) => ({ ...one, distance: distanceOf(one.number) }));
    const first = placed.findIndex(({ distance, number }, at) => {
      const before = placed[at - 1];
      return (
        distance > far || (distance > farAlone && before !== undefined && gap(number, before.number) > 1)
      );
    });
    return first < 0 ? [] : placed.slice(first);
  };
  return [...walk(sorted.slice(middle)), ...walk(sorted.slice(0, middle + 1).toReversed())];
}

/** Plain, and where nothing is negative logarithmic. */
function scalesOf(numbers: readonly Numbered[]): Scale[] {
  const plain: Scale = { ...middleOf(numbers), of: (number) => number };
  if (numbers.some(({ number }) => number < 0)) return [plain].filter(({ spread }) => spread > 0);
  const of = (number: number) => Math.log(number + 1);
  const logarithmic = { ...middleOf(numbers.map((one) => ({ ...one, number: of(one.number) }))), of };
  return [plain, logarithmic].filter(({ spread }) => spread > 0);
}
