/** How a file is written, in characters. Empty quote: none. */
export interface Marks {
  readonly delimiter: string;
  readonly quote: string;
  readonly escape: string;
}

/** A cell as it stands in the file; `quoted` tells `""` from nothing. */
export interface Cell {
  readonly text: string;
  readonly quoted: boolean;
}

/** The cells of one record's text. */
export function splitRecord(record: string, marks: Marks): Cell[] {
  const cells: Cell[] = [];
  let at = 0;
  for (;;) {
    const { cell, end } = readCell(record, at, marks);
    cells.push(cell);
    if (end >= record.length) return cells;
    at = end + marks.delimiter.length;
  }
}

function readCell(record: string, from: number, marks: Marks): { cell: Cell; end: number } {
  if (marks.quote === '' || record[from] !== marks.quote) {
    const end = delimiterAfter(record, from, marks);
    return { cell: { text: record.slice(from, end), quoted: false }, end };
  }
  let text = '';
  let at = from + 1;
  while (at < record.length) {
    const here = record[at];
    const next = record[at + 1];
    if (here === marks.escape && (next === marks.quote || next === marks.escape)) {
      text += next;
      at += 2;
    } else if (here === marks.quote) break;
    else {
      text += here;
      at++;
    }
  }
  const end = delimiterAfter(record, at + 1, marks);
  return { cell: { text: text + record.slice(at + 1, end), quoted: true }, end };
}

function delimiterAfter(record: string, from: number, { delimiter }: Marks): number {
  const end = record.indexOf(delimiter, from);
  return end === -1 ? record.length : end;
}

/** A record as RFC 4180 writes it with this delimiter; what was quoted stays quoted. */
export const writeRecord = (cells: readonly Cell[], delimiter: string): string =>
  `${cells.map(({ text, quoted }) => writeCell(text, quoted, delimiter)).join(delimiter)}\n`;

function writeCell(text: string, quoted: boolean, delimiter: string): string {
  const needed = quoted || text.includes(delimiter) || /["\r\n\\]/.test(text);
  return needed ? `"${text.replaceAll('"', '""')}"` : text;
}
