/** How a table is written; what is left out is as RFC 4180 has it. */
export interface Style {
  readonly delimiter?: string;
  readonly quote?: string;
  /** What stands before a quote inside quotes. */
  readonly escape?: string;
  readonly newline?: string;
  /** Which cells are quoted although they need not be. */
  readonly quoteAlso?: (at: number) => boolean;
}

type Row = readonly string[];

/** Like the original's source, links and descriptions are quoted always. */
const usual = (at: number) => at === 6 || at === 7;

export function writeCell(text: string, at: number, style: Style): string {
  const { delimiter = ',', quote = '"', escape: escaping = quote, quoteAlso = usual } = style;
  if (quote === '') return text;
  const inside = quote === '"' ? text.includes(quote) : text.startsWith(quote);
  const needed = inside || text.includes(delimiter) || /[\r\n]/.test(text);
  if (!needed && !quoteAlso(at)) return text;
  return quote + text.replaceAll(quote, escaping + quote) + quote;
}

/** One line without its end. */
export const writeRow = (row: Row, style: Style = {}): string =>
  row.map((cell, at) => writeCell(cell, at, style)).join(style.delimiter ?? ',');

/** A whole file. */
export const writeTable = (lines: readonly Row[], style: Style = {}): string =>
  lines.map((row) => writeRow(row, style) + (style.newline ?? '\r\n')).join('');
