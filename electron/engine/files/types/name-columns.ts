import { rowColumn } from '../../../../shared/column.ts';
import { cutName, longestName } from '../../../../shared/column-names.ts';
import { withoutEndings } from '../../../../shared/file-endings.ts';

const systemColumns = ['tableoid', 'xmin', 'cmin', 'xmax', 'cmax', 'ctid', rowColumn];

/** Names for PostgreSQL from the names in a file: never empty, never too long, distinct without regard to case. */
export function columnNames(originals: readonly string[]): string[] {
  const taken = new Set(systemColumns);
  return originals.map((original, at) => {
    const wanted = cut(clean(original), longestName) || `column_${at + 1}`;
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
  return cut(named, longestName) || 'table_1';
}

const clean = (name: string) =>
  name
    .normalize('NFC')
    .replace(/\p{Cc}+/gu, ' ')
    .trim();

function takeFree(wanted: string, taken: Set<string>): string {
  for (let number = 1; ; number++) {
    const suffix = number === 1 ? '' : `_${number}`;
    const name = cut(wanted, longestName - suffix.length) + suffix;
    const key = name.toLowerCase();
    if (taken.has(key)) continue;
    taken.add(key);
    return name;
  }
}

const cut = (name: string, most: number) => cutName(name, most).trim();
