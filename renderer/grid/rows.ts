import type { CellValue } from '../../shared/cell-text.ts';
import type { Column } from '../../shared/column.ts';
import { type DecodedPage, decodePage } from '../../shared/decode-page.ts';

/** Rows that a grid shows; they need not all be here. */
export interface Rows {
  readonly columns: readonly Column[];
  readonly total: number;
  /** Nothing where the row is not here yet. */
  cell(row: number, column: number): CellValue | undefined;
  /** What stands before the row: its `_row`, or its place from 1. */
  number(row: number): number | undefined;
  /** The columns whose cells are marked in this row, where not those of the whole grid are. */
  marks?(row: number): readonly string[] | undefined;
  /** Says which rows are on screen. */
  want(first: number, last: number): void;
  /** Rows to copy or count, wherever they are. */
  read(first: number, count: number): Promise<DecodedPage>;
}

/** Rows that came all at once: a query's result, a preview. */
export function rowsOf(bytes: Uint8Array): Rows {
  const page = decodePage(bytes);
  return {
    columns: page.columns,
    total: page.rows,
    cell: page.cell,
    number: (row) => page.address(row) ?? row + 1,
    want: () => {},
    read: async (first, count) => partOf(page, first, count),
  };
}

function partOf(page: DecodedPage, first: number, count: number): DecodedPage {
  return {
    columns: page.columns,
    rows: Math.max(0, Math.min(count, page.rows - first)),
    cell: (row, column) => page.cell(first + row, column),
    address: (row) => page.address(first + row),
  };
}
