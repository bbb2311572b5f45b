import type { DecodedPage } from '../../shared/decode-page.ts';
import type { Rows } from './rows.ts';
import type { CellRange } from './selection.ts';

/** More than this is an export's work. */
export const mostCopied = 1_000_000;

/** The cells of a range, wherever its rows are. */
export async function partOfRows(rows: Rows, { top, bottom, left, right }: CellRange): Promise<DecodedPage> {
  const page = await rows.read(top, bottom - top + 1);
  return {
    ...page,
    columns: page.columns.slice(left, right + 1),
    cell: (row, column) => page.cell(row, left + column),
  };
}
