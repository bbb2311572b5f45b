import { isYear } from './judge-header.ts';

type Row = readonly string[];

const isDigits = (cell: string) => /^\d{1,4}$/.test(cell.trim());
const fewest = 2;

/**
 * True for a first row of numbers that may name the columns although numbers stand below them: one after the other from 0 or 1
 * on, years over what are none, or all of other lengths than the numbers below, which are of one length.
 */
export function mayBeNumbered(first: Row, body: readonly Row[]): boolean {
  const filled = first.flatMap((cell, at) => (cell.trim() === '' ? [] : [at]));
  if (filled.length === 0 || body.length < fewest || !filled.every((at) => isDigits(first[at] as string)))
    return false;
  const numbers = filled.map((at) => Number(first[at]));
  const [start = -1] = numbers;
  const counted = numbers.every((number, at) => number === start + at) && (start === 0 || start === 1);
  if (counted && numbers.length > 2) return true;
  const below = (at: number) => body.map((row) => (row[at] ?? '').trim()).filter((cell) => cell !== '');
  if (filled.every((at) => isYear(first[at] as string) && !below(at).some(isYear))) return true;
  return filled.every((at) => {
    const lengths = new Set(below(at).map((cell) => (/^\d+$/.test(cell) ? cell.length : 0)));
    const [length = 0] = lengths;
    return lengths.size === 1 && length > 1 && length !== first[at]?.trim().length;
  });
}
