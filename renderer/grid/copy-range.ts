import { cellText } from '../../shared/cell-text.ts';
import type { DecodedPage } from '../../shared/decode-page.ts';
import type { Rows } from './rows.ts';
import type { CellRange } from './selection.ts';

/** More than this is an export's work. */
export const mostCopied = 1_000_000;

/** The cells of a range as a spreadsheet takes them: tabs between columns, lines between rows, null as nothing. */
export async function copyText(
  rows: Rows,
  { top, bottom, left, right }: CellRange,
  withHeaders: boolean,
): Promise<string> {
  const page = await rows.read(top, bottom - top + 1);
  const columns = Array.from({ length: right - left + 1 }, (_, at) => left + at);
  const lines = withHeaders ? [columns.map((at) => field(page.columns[at]?.name ?? ''))] : [];
  for (let row = 0; row < page.rows; row++) {
    lines.push(columns.map((column) => field(textOf(page, row, column))));
  }
  return lines.map((line) => line.join('\t')).join('\n');
}

const textOf = (page: DecodedPage, row: number, column: number) =>
  cellText(page.cell(row, column), page.columns[column]?.type ?? 'text');

const field = (text: string) => (/[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
