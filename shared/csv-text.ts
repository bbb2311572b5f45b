import { cellText } from './cell-text.ts';
import type { DecodedPage } from './decode-page.ts';

/**
 * Rows as RFC 4180, header first; null is nothing, empty text is `""`. With `quoteAll` every value stands in quotes, as DuckDB reads it
 * back: it takes a byte order mark away from the beginning of a cell.
 */
export function csvText(page: DecodedPage, quoteAll = false): string {
  const kept = (text: string) => (quoteAll && text.startsWith('\ufeff') ? `\ufeff${text}` : text);
  const field = (text: string) =>
    quoteAll || text === '' || /[",\r\n]/.test(text) ? `"${kept(text).replaceAll('"', '""')}"` : text;
  const lines = [page.columns.map(({ name }) => field(name)).join(',')];
  for (let row = 0; row < page.rows; row++) {
    lines.push(
      page.columns
        .map(({ type }, column) => {
          const value = page.cell(row, column);
          return value === null ? '' : field(cellText(value, type));
        })
        .join(','),
    );
  }
  return `${lines.join('\n')}\n`;
}
