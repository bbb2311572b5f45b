import { isUtf8 } from 'node:buffer';

/** A cell as RFC 4180 writes it; null for nothing at all. */
export type SpelledCell = string | null;

/** Cells as a record of the standard writing: nothing stays nothing, an empty text has quotes. */
export const standardRecord = (cells: readonly SpelledCell[], delimiter: string): string =>
  cells.map((cell) => standardCell(cell, delimiter)).join(delimiter);

function standardCell(cell: SpelledCell, delimiter: string): string {
  if (cell === null) return '';
  const bare = cell !== '' && !cell.includes(delimiter) && !/["\r\n]/.test(cell);
  return bare ? cell : `"${cell.replaceAll('"', '""')}"`;
}

/** Bytes, a character each, as text; undefined where they are no UTF-8. */
export function asText(bytes: string): string | undefined {
  if (!/[\u0080-\u00ff]/.test(bytes)) return bytes;
  const buffer = Buffer.from(bytes, 'latin1');
  return isUtf8(buffer) ? buffer.toString('utf8') : undefined;
}

/** A text as its bytes, a character each. */
export const asBytes = (text: string): string => Buffer.from(text).toString('latin1');
