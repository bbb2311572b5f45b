import { cellText } from '../../shared/cell-text.ts';
import { isNumeric } from '../../shared/column.ts';
import { csvText } from '../../shared/csv-text.ts';
import type { DecodedPage } from '../../shared/decode-page.ts';
import { jsonRows } from '../../shared/json-rows.ts';
import { jsonText } from '../../shared/json-text.ts';

const linesOf = (page: DecodedPage, field: (text: string) => string) =>
  Array.from({ length: page.rows }, (_, row) =>
    page.columns.map(({ type }, column) => field(cellText(page.cell(row, column), type))),
  );

/** Fields as a spreadsheet takes them when pasted: tabs between columns, lines between rows, null as nothing. */
function tabbed(page: DecodedPage, withHeaders: boolean): string {
  const field = (text: string) => (/[\t\n\r"]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const head = withHeaders ? [page.columns.map(({ name }) => field(name))] : [];
  return [...head, ...linesOf(page, field)].map((line) => line.join('\t')).join('\n');
}

function markdown(page: DecodedPage): string {
  const field = (text: string) =>
    text
      .replaceAll('\\', '\\\\')
      .replaceAll('|', '\\|')
      .replace(/\r?\n|\r/g, '<br>');
  const heads = page.columns.map(({ name }) => field(name));
  const rule = page.columns.map(({ type }) => (isNumeric(type) ? '---:' : '---'));
  return [heads, rule, ...linesOf(page, field)].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

interface Written {
  readonly title: string;
  readonly write: (page: DecodedPage) => string;
}

/** What cells can be copied as: plain for a spreadsheet, the others with headers. */
export const copyFormats = {
  plain: { title: 'text', write: (page) => tabbed(page, false) },
  tsv: { title: 'text with headers', write: (page) => tabbed(page, true) },
  csv: { title: 'CSV', write: (page) => csvText(page) },
  json: { title: 'JSON', write: (page) => jsonText(jsonRows(page), 2) },
  markdown: { title: 'a Markdown table', write: markdown },
} satisfies Record<string, Written>;

export type CopyFormat = keyof typeof copyFormats;
