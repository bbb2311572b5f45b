import { cellText } from '../../../shared/cell-text.ts';
import type { DecodedPage } from '../../../shared/decode-page.ts';
import { shortCell, textTable } from '../output.ts';

/** Rows for people to read: one line each, long text cut. */
export function tableText(page: DecodedPage): string {
  const rows = Array.from({ length: page.rows }, (_, row) =>
    page.columns.map(({ type }, column) => {
      const value = page.cell(row, column);
      return value === null ? 'null' : shortCell(cellText(value, type));
    }),
  );
  return textTable(
    page.columns.map(({ name }) => shortCell(name)),
    rows,
  );
}
