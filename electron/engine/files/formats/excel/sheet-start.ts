import type { Guess } from '../../../../../shared/contract/files.ts';
import { headerOf } from '../../header/find-header.ts';
import type { Cell } from './cell-values.ts';

/** A row with its values, by their places from the left of the range. */
export interface ValueRow {
  readonly number: number;
  readonly cells: readonly (Cell | undefined)[];
}

const isFilled = (cell: Cell | undefined) => cell !== undefined;

/** Titles and notes above a table are far narrower than it. */
export function startOf(rows: readonly ValueRow[]): number {
  const counts = rows.map(({ cells }) => cells.filter(isFilled).length);
  const usual = [...counts].sort((a, b) => a - b)[counts.length >> 1] ?? 0;
  const start = counts.findIndex((count) => count * 2 > usual);
  return usual > 2 && start > 0 ? start : 0;
}

/** What stands in rows, as wide as the widest of them. */
export function textsOf(rows: readonly ValueRow[]): string[][] {
  const width = Math.max(1, ...rows.map(({ cells }) => cells.length));
  return rows.map(({ cells }) => Array.from({ length: width }, (_, at) => cells[at]?.text ?? ''));
}

/** Names of columns are texts, each another; or whatever stands over cells that are unlike it, such as years. */
export function headerLinesOf(
  rows: readonly ValueRow[],
  texts: readonly string[][],
  said: boolean | undefined,
): { readonly lines: number; readonly guess?: Guess } {
  const [first] = rows;
  if (said === false || !first) return { lines: 0 };
  const filled = first.cells.filter(isFilled) as Cell[];
  const distinct = new Set(filled.map(({ text }) => text.trim().toLowerCase())).size === filled.length;
  const named = distinct && filled.every(({ kind }) => kind === 'text');
  if (!named && !said && filled.some(({ kind }) => kind === 'error')) return { lines: 0 };
  const { lines, guess } = headerOf(texts, texts[0]?.length ?? 1);
  const worded = rows.every(({ cells }) => cells.every((cell) => !cell || cell.kind === 'text'));
  // Over nothing but texts, the first row may be one of them.
  if (worded && !said) return { lines, guess };
  return { lines: named || said ? Math.max(1, lines) : lines };
}
