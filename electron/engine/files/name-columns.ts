import { rowColumn } from '../../../shared/column.ts';
import { withoutEndings } from '../../../shared/file-endings.ts';

const mostBytes = 63;
const systemColumns = ['tableoid', 'xmin', 'cmin', 'xmax', 'cmax', 'ctid', rowColumn];
const encoder = new TextEncoder();
const bytesOf = (text: string) => encoder.encode(text).length;

/** Names for PostgreSQL from the names in a file: never empty, never too long, distinct without regard to case. */
export function columnNames(originals: readonly string[]): string[] {
  const taken = new Set(systemColumns);
  return originals.map((original, at) => {
    const wanted = cut(clean(original), mostBytes) || `column_${at + 1}`;
    return takeFree(wanted, taken);
  });
}

/** A table's name from a file's: `Orders 2024.csv` becomes `orders_2024`. */
export function tableName(file: string): string {
  const stem = withoutEndings(file).normalize('NFC');
  const words = stem
    .toLowerCase()
    .replace(/[^\p{L}\p{N}_]+/gu, '_')
    .replace(/^_+|_+$/g, '');
  const named = /^\p{N}/u.test(words) ? `t_${words}` : words;
  return cut(named, mostBytes) || 'table_1';
}

const clean = (name: string) =>
  name
    .normalize('NFC')
    .replace(/\p{Cc}+/gu, ' ')
    .trim();

function takeFree(wanted: string, taken: Set<string>): string {
  for (let number = 1; ; number++) {
    const suffix = number === 1 ? '' : `_${number}`;
    const name = cut(wanted, mostBytes - suffix.length) + suffix;
    const key = name.toLowerCase();
    if (taken.has(key)) continue;
    taken.add(key);
    return name;
  }
}

/** The longest beginning of whole characters that fits. */
function cut(text: string, most: number): string {
  if (bytesOf(text) <= most) return text;
  let kept = '';
  let size = 0;
  for (const character of text) {
    size += bytesOf(character);
    if (size > most) break;
    kept += character;
  }
  return kept.trim();
}
