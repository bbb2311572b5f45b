import { cellText } from '../../../shared/cell-text.ts';
import type { DecodedPage } from '../../../shared/decode-page.ts';
import { textTable } from '../output.ts';

const widest = 60;

/** Rows for people to read: one line each, long text cut. */
export function tableText(page: DecodedPage): string {
  const rows = Array.from({ length: page.rows }, (_, row) =>
    page.columns.map(({ type }, column) => {
      const value = page.cell(row, column);
      return value === null ? 'null' : short(cellText(value, type));
    }),
  );
  return textTable(
    page.columns.map(({ name }) => short(name)),
    rows,
  );
}

function short(text: string): string {
  const line = text.replace(/\s*[\r\n]+\s*/g, ' ↵ ');
  return line.length > widest ? `${line.slice(0, widest - 1)}…` : line;
}
