import { cellText } from './cell-text.ts';
import type { DecodedPage } from './decode-page.ts';

/**
 * Rows as RFC 4180, header first; null is nothing, empty text is `""`, and what begins with U+FEFF is quoted: a file that begins with it
 * bare has a byte order mark. Of one column null is `""` as well, because readers skip a line with nothing in it. With `quoteAll` every
 * value stands in quotes and null is nothing.
 */
export function csvText(page: DecodedPage, quoteAll = false): string {
  const field = (text: string) =>
    quoteAll || text === '' || /^\ufeff|[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  const nothing = page.columns.length === 1 && !quoteAll ? '""' : '';
  const lines = [page.columns.map(({ name }) => field(name)).join(',')];
  for (let row = 0; row < page.rows; row++) {
    lines.push(
      page.columns
        .map(({ type }, column) => {
          const value = page.cell(row, column);
          return value === null ? nothing : field(cellText(value, type));
        })
        .join(','),
    );
  }
  return `${lines.join('\n')}\n`;
}
