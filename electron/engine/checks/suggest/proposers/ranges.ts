import { farOff, isDated, middleOf, type Numbered, numbersOf } from '../../detect/numbers-of.ts';
import { isRare, percent } from '../../detect/values-of.ts';
import { distinctShare, type Known, leastRows, type Proposal, type Proposer } from '../proposal.ts';

/** So much of a column may be far off or of the wrong sign. */
const most = 0.01;
/** Dates further than so many median deviations from the middle are left out of the range. */
const far = 7;

const ranges: Proposer = (known) =>
  known.table.columns.flatMap((column) => {
    const numbers = numbersOf(column);
    const rows = numbers.reduce((sum, { count }) => sum + count, 0);
    if (rows < leastRows || numbers.length < 3) return [];
    if (isDated(column)) return dateRange(column.name, numbers, rows, known);
    // Numbers that name rows have no range that means anything.
    if (/int/.test(column.type) && (distinctShare(column) > 0.9 || isReference(column.name, known)))
      return [];
    return numberRange(column.name, numbers, rows, /int/.test(column.type));
  });

const isReference = (name: string, { keys }: Known) => keys.some(({ column }) => column === name);

/** What is left without the numbers that lie far off, and without the odd one that is not positive. */
function usual(numbers: readonly Numbered[]): readonly Numbered[] {
  const rows = sumOf(numbers);
  const positive = numbers.filter(({ number }) => number > 0);
  const rest = isRare(rows - sumOf(positive), rows, most) ? positive : numbers;
  const outside = farOff(rest);
  if (!isRare(sumOf(outside), rows, most)) return rest;
  const left = new Set(outside.map(({ place }) => place));
  return rest.filter(({ place }) => !left.has(place));
}

const sumOf = (numbers: readonly Numbered[]) => numbers.reduce((sum, { count }) => sum + count, 0);

function numberRange(column: string, numbers: readonly Numbered[], rows: number, whole: boolean): Proposal[] {
  const inside = usual(numbers);
  const support = sumOf(inside) / rows;
  if (inside.length < 2 || !isRare(rows - sumOf(inside), rows, most * 2)) return [];
  const values = inside.map(({ number }) => number);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const min = low >= 0 ? (low > 0 ? (whole ? 1 : Math.min(low, 0.01)) : 0) : roundAway(low * 1.5);
  const max = roundAway(high * (high > 0 ? 1.5 : 0.5));
  return [
    {
      kind: 'range',
      params: { column, min: String(min), max: String(max) },
      reason: `${percent(support)} of the numbers lie between ${low} and ${high}${support < 1 ? ', the others far off' : ''}`,
      support,
      trust: support < 1 ? 0.8 : 0.55,
    },
  ];
}

/** The next number away from zero with two digits: 1374 becomes 1400. */
function roundAway(value: number): number {
  if (value === 0) return 0;
  const unit = 10 ** (Math.floor(Math.log10(Math.abs(value))) - 1);
  return Number((Math.sign(value) * Math.ceil(Math.abs(value) / unit) * unit).toPrecision(6));
}

function dateRange(column: string, numbers: readonly Numbered[], rows: number, { now }: Known): Proposal[] {
  const past = numbers.filter(({ number }) => number <= now.getTime());
  const share = sumOf(past) / rows;
  if (share < 0.98) return [];
  const { middle, spread } = middleOf(past);
  const inside = past.filter(
    ({ number }) => Math.abs(number - middle) <= far * Math.max(spread, 24 * 3600 * 1000),
  );
  const support = sumOf(inside) / rows;
  if (inside.length === 0 || support < 1 - 2 * most) return [];
  const first = new Date(Math.min(...inside.map(({ number }) => number)));
  const min = `${first.getUTCFullYear()}-01-01`;
  return [
    {
      kind: 'range',
      params: { column, min, max: 'now' },
      reason: `${percent(support)} of the dates lie between ${min} and now`,
      support,
      trust: share < 1 ? 0.85 : 0.6,
    },
  ];
}

export default ranges;
