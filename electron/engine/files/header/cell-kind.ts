/** What one cell reads like, for weighing ways to read a file; types are chosen elsewhere, from all cells. */
export type CellKind = 'empty' | 'value' | 'number' | 'date' | 'code' | 'word' | 'text' | 'torn';

const number =
  /^[-+(]?\s?[$€£¥]?\s?[-+]?(\d+|\d{1,3}([ ,.'’\u00a0\u202f]\d{3})+)?([.,]\d+)?([eE][-+]?\d+)?\s?[%$€£¥)]?$/;
const day = String.raw`(\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|\d{1,2}[- ]\p{L}{3,9}\.?,?[- ]\d{2,4}|\p{L}{3,9} \d{1,2},? \d{4})`;
const time = String.raw`\d{1,2}:\d{2}(:\d{2}([.,]\d+)?)?( ?[aApP]\.?[mM]\.?)?`;
const zone = String.raw`( ?(Z|UTC|[-+]\d{2}:?(\d{2})?))?`;
const date = new RegExp(`^(${day}([ T]${time}${zone})?|${time}${zone})$`, 'u');
const value =
  /^(true|false|yes|no|null|n\/a|nan|na|none|nil|\\n|-)$|^[^\s@]+@[^\s@]+\.[^\s@]+$|^[a-z][a-z0-9+.-]*:\/\/\S+$|^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-|^\d{1,3}(\.\d{1,3}){3}(\/\d+)?$|^[{[].*[}\]]$/is;
const code = /^(?=.*\d)[\p{L}\d][\p{L}\d_./:#-]*$/u;

/** Sorts a cell by its looks. `quoted`: what separates cells elsewhere may stand in it. */
export function cellKind(text: string, quoted: boolean): CellKind {
  const cell = text.trim();
  if (cell === '') return 'empty';
  if (cell.length < 80) {
    if (/\d/.test(cell) && number.test(cell)) return 'number';
    if (/\d/.test(cell) && date.test(cell)) return 'date';
    if (value.test(cell)) return 'value';
  }
  if (quoted ? /(["'`])[^\p{L}\p{N}\s]\1/u.test(cell) : isTorn(cell)) return 'torn';
  if (cell.length < 40 && code.test(cell)) return 'code';
  return /\s/.test(cell) || cell.length > 40 ? 'text' : 'word';
}

/** Kinds of cells that are values, and no names. */
export const valued: readonly CellKind[] = ['number', 'date', 'value'];

/** True for a cell that reads like a value, whatever stands between cells. */
export const isValue = (cell: string): boolean => valued.includes(cellKind(cell, true));

/** A cell that seems to be a piece of one, or several in one: half a pair of quotes, or a delimiter inside. */
function isTorn(cell: string): boolean {
  if (/[\t|;]|\p{Cc}|["`][:,~^§=#&]|[:,~^§=#&]["`]/u.test(cell)) return true;
  const first = cell[0] ?? '';
  const last = cell.at(-1) ?? '';
  return `"'\``.includes(first) || last === '"' || last === '`';
}

const worth: Readonly<Record<CellKind, number>> = {
  empty: 0.9,
  value: 1,
  number: 1,
  date: 1,
  code: 0.9,
  word: 0.85,
  text: 0.65,
  torn: 0.1,
};

/** How much a table's cells read like cells, and its columns like columns: from 0 to 1. */
export function worthOf(rows: readonly (readonly CellKind[])[], width: number): number {
  let sum = 0;
  let cells = 0;
  let uniform = 0;
  let columns = 0;
  for (let at = 0; at < width; at++) {
    const counts = new Map<CellKind, number>();
    for (const row of rows) {
      const kind = row[at] ?? 'empty';
      sum += worth[kind];
      cells++;
      if (kind !== 'empty') counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
    const filled = [...counts.values()].reduce((total, count) => total + count, 0);
    columns++;
    // A column of nothing is what a delimiter taken for two leaves.
    uniform += filled === 0 ? 0.5 : Math.max(...counts.values()) / filled;
  }
  if (cells === 0) return 0;
  return 0.6 * (sum / cells) + 0.4 * (columns === 0 ? 0 : uniform / columns);
}
