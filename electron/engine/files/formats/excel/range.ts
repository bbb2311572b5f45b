import { problem } from '../../../../../shared/problem.ts';

/** A part of a sheet; rows and columns from 1, both ends included. */
export interface CellRange {
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** Excel's own limits. */
export const wholeSheet: CellRange = { top: 1, left: 1, bottom: 1_048_576, right: 16_384 };

/** The number of a column by its letters: A is 1. */
export const columnNumber = (letters: string): number =>
  [...letters.toUpperCase()].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0);

/** The letters of a column by its number. */
export function columnLetters(number: number): string {
  let letters = '';
  for (let rest = number; rest > 0; rest = Math.floor((rest - 1) / 26)) {
    letters = String.fromCharCode(65 + ((rest - 1) % 26)) + letters;
  }
  return letters;
}

const written = /^\$?([A-Z]{1,3})?\$?(\d{1,7})?(?::\$?([A-Z]{1,3})?\$?(\d{1,7})?)?$/i;

/** A range as Excel writes it: `B3:F100`, `B3` for all from there on, `A:F`, `3:10`. Empty for the whole sheet. */
export function parseRange(text: string): CellRange {
  const trimmed = text.trim();
  const parts = written.exec(trimmed);
  if (!parts) throw badRange(text);
  const [, left, top, right, bottom] = parts;
  const range = {
    top: Number(top ?? wholeSheet.top),
    left: left ? columnNumber(left) : wholeSheet.left,
    bottom: Number(bottom ?? wholeSheet.bottom),
    right: right ? columnNumber(right) : wholeSheet.right,
  };
  const sound = range.top >= 1 && range.top <= range.bottom && range.left <= range.right;
  if (!sound || range.bottom > wholeSheet.bottom || range.right > wholeSheet.right) throw badRange(text);
  return range;
}

const badRange = (text: string) =>
  problem('bad_input', `“${text}” is not a range of cells.`, {
    hint: 'Write it as Excel does: B3:F100, or B3 for all from there on, or A:F.',
    at: { param: 'range' },
  });
