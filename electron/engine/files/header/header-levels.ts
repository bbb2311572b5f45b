import { isValue } from './cell-kind.ts';
import { isYear } from './judge-header.ts';

type Row = readonly string[];

const isFilled = (cell = '') => cell.trim() !== '';
const isWord = (cell = '') => isFilled(cell) && (!isValue(cell) || isYear(cell));
const share = 0.6;

const repeats = (row: Row) => row.some((cell, at) => at > 0 && isFilled(cell) && cell === row[at - 1]);

/**
 * True for words over words of which the upper ones stand over several columns each, as programs write the levels of a header:
 * `,sales,sales,cost` over `region,north,south,north`, with values below both.
 */
export function isLevel(row: Row, below: Row, rest: readonly Row[], width: number): boolean {
  if (row.length !== width || below.length !== width) return false;
  const goesOn = repeats(below);
  const pairs = new Set(row.map((cell, at) => `${cell}\0${below[at]}`));
  const body = rest.filter((cells) => cells.filter(isFilled).length > 1);
  if (!repeats(row) || (pairs.size < width && !goesOn) || body.length < 2) return false;
  const valued = row
    .map((_, at) => at)
    .filter((at) => body.filter((cells) => isValue(cells[at] ?? '')).length >= body.length * share);
  const words = valued.filter((at) => isWord(row[at]) && isWord(below[at]));
  // What counts the rows has no name above it.
  return words.length > 0 && valued.every((at) => words.includes(at) || (at === 0 && !isFilled(row[at])));
}

/** True for a record below such levels that names nothing but the columns at the left, by which the rows are told. */
export function namesIndex(row: Row | undefined, width: number): boolean {
  if (!row || width < 2 || row.length !== width) return false;
  const empty = row.findIndex((cell) => !isFilled(cell));
  if (empty < 1 || row.slice(empty).some(isFilled)) return false;
  return row.slice(0, empty).every((cell) => !isValue(cell));
}
