import { behindSpaces } from '../records/split-record.ts';
import { asBytes, asText, type SpelledCell, standardRecord } from './cells.ts';

/** What closes what such a quote opens: English, German, French, Swedish and their turned forms. */
const closing: Readonly<Record<string, string>> = {
  '“': '”“',
  '„': '“”',
  '”': '”',
  '«': '»',
  '»': '«»',
  '‹': '›',
  '›': '‹',
  '‘': '’',
  '‚': '‘’',
};

/** True where such a quote stands somewhere in a text. */
export const hasTypographic = (text: string): boolean => /[“„”«»‹›‘‚]/.test(text);

/** A record of which cells stand in typographic quotes, its bytes a character each, in the standard writing. */
export function fromTypographic(record: string, delimiter: string): string {
  const text = asText(record);
  if (text === undefined || text === '') return record;
  return asBytes(standardRecord(typographicCells(text, delimiter), delimiter));
}

/** The cells of a record, those in typographic or plain quotes without them. */
export function typographicCells(text: string, delimiter: string): SpelledCell[] {
  const cells: SpelledCell[] = [];
  for (let at = 0; ; ) {
    const [cell, end] = quoted(text, at, delimiter) ?? plain(text, at, delimiter);
    cells.push(cell);
    if (end >= text.length) return cells;
    at = end + delimiter.length;
  }
}

function plain(text: string, from: number, delimiter: string): [SpelledCell, number] {
  const found = text.indexOf(delimiter, from);
  const end = found < 0 ? text.length : found;
  return [end === from ? null : text.slice(from, end), end];
}

/** A cell that opens with a quote, after spaces or none, and closes right before the next one. */
function quoted(text: string, from: number, delimiter: string): [SpelledCell, number] | undefined {
  const first = behindSpaces(text, from);
  const opened = text[first] ?? '';
  const closers = opened === '"' ? '"' : closing[opened];
  if (!closers) return undefined;
  for (let at = first + 1; at < text.length; at++) {
    const sign = text[at] as string;
    if (!closers.includes(sign)) continue;
    if (sign === '"' && text[at + 1] === '"') at++;
    else {
      const end = behindSpaces(text, at + 1);
      if (end >= text.length || text.startsWith(delimiter, end))
        return [unquoted(text.slice(first + 1, at), opened), end];
    }
  }
  return undefined;
}

const unquoted = (cell: string, quote: string) => (quote === '"' ? cell.replaceAll('""', '"') : cell);
