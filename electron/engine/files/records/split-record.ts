/** Delimiters that most files have. */
export const usualDelimiters = [',', ';', '\t', '|'];

/** How a file is written, in characters. Empty quote: none. Empty escape: a quote inside quotes stands as it is. */
export interface Marks {
  readonly delimiter: string;
  readonly quote: string;
  readonly escape: string;
  /** Spaces may stand before a quote that opens a cell. */
  readonly padded?: boolean | undefined;
}

/** A cell as it stands in the file; `quoted` tells `""` from nothing. */
export interface Cell {
  readonly text: string;
  readonly quoted: boolean;
}

/**
 * How a record that breaks the rules is read all the same. 0: by the rules. n > 0: the quote at the start of its n-th
 * cell is a character of the cell. -1: no quote in it is escaped; -2: a backslash escapes them.
 */
export type Mend = number;

/** A record found in a text. */
export interface ReadRecord {
  readonly cells: readonly Cell[];
  /** After its last cell: where a line break stands, or the text ends. */
  readonly end: number;
  /** Cells, from 0, whose quotes cannot be trusted: a stray quote or a line break is in them, or they are not closed. */
  readonly doubtful: readonly number[];
  readonly open: boolean;
}

interface CellEnd {
  readonly text: string;
  readonly end: number;
  readonly stray: boolean;
  readonly open: boolean;
}

/** The cells of one record's text. */
export const splitRecord = (record: string, marks: Marks, mend: Mend = 0): readonly Cell[] =>
  readRecord(record, 0, marks, mend, false).cells;

/** Reads the record that starts at `from`. `lines`: a line break outside quotes ends it. */
export function readRecord(text: string, from: number, given: Marks, mend: Mend, lines = true): ReadRecord {
  const marks = mend < 0 ? { ...given, escape: mend === -1 ? '' : '\\' } : given;
  const cells: Cell[] = [];
  const doubtful: number[] = [];
  let at = from;
  for (;;) {
    const first = marks.padded ? behindSpaces(text, at) : at;
    const quoted = marks.quote !== '' && text.startsWith(marks.quote, first) && mend !== cells.length + 1;
    const cell = quoted ? quotedCell(text, first, marks, lines) : plainCell(text, at, marks, lines);
    if (quoted && (cell.stray || cell.open || /[\r\n]/.test(cell.text))) doubtful.push(cells.length);
    cells.push({ text: cell.text, quoted });
    const { end, open } = cell;
    if (open || end >= text.length || (lines && isBreak(text[end]))) return { cells, end, doubtful, open };
    at = end + marks.delimiter.length;
  }
}

/** Where spaces end in a text. */
export function behindSpaces(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ') at++;
  return at;
}

const isBreak = (character: string | undefined) => character === '\n' || character === '\r';

function plainCell(text: string, from: number, { delimiter }: Marks, lines: boolean): CellEnd {
  let end = text.indexOf(delimiter, from);
  if (end === -1) end = text.length;
  if (lines) {
    for (let at = from; at < end; at++) if (isBreak(text[at])) end = at;
  }
  return { text: text.slice(from, end), end, stray: false, open: false };
}

function quotedCell(text: string, from: number, marks: Marks, lines: boolean): CellEnd {
  const { quote, escape: escaping } = marks;
  let value = '';
  let kept = from + 1;
  let stray = false;
  for (let at = from + 1; at < text.length; at++) {
    const here = text[at];
    if (here !== quote && here !== escaping) continue;
    const next = text[at + 1];
    // Where backslashes escape, doubled quotes are read as well: some files have both.
    const escapes =
      next === quote ? here === escaping || escaping === '\\' : here === escaping && next === escaping;
    if (escapes) {
      value += text.slice(kept, at);
      kept = at + 1;
      at++;
    } else if (here === quote) {
      const end = closedAt(text, at + 1, marks, lines);
      // Spaces between the closing quote and the next cell are of the cell.
      if (end >= 0)
        return { text: value + text.slice(kept, at) + text.slice(at + 1, end), end, stray, open: false };
      stray = true;
    }
  }
  return { text: value + text.slice(kept), end: text.length, stray, open: true };
}

/** Where a cell ends whose quote was closed before `from`; -1 where that quote is one character among others. */
function closedAt(text: string, from: number, { delimiter }: Marks, lines: boolean): number {
  let at = from;
  for (;;) {
    if (at >= text.length || (lines && isBreak(text[at])) || text.startsWith(delimiter, at)) return at;
    if (text[at] !== ' ' && text[at] !== '\t') return -1;
    at++;
  }
}

/** A record as RFC 4180 writes it with this delimiter; what was quoted stays quoted. */
export const writeRecord = (cells: readonly Cell[], delimiter: string): string =>
  `${cells.map(({ text, quoted }) => writeCell(text, quoted, delimiter)).join(delimiter)}\n`;

function writeCell(text: string, quoted: boolean, delimiter: string): string {
  const needed = quoted || text.includes(delimiter) || /["\r\n\\]/.test(text);
  return needed ? `"${text.replaceAll('"', '""')}"` : text;
}
