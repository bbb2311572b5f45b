import { readFileSync } from 'node:fs';
import { type ColumnarTable, valueColumn } from '../../electron/engine/checks/detect/columnar.ts';
import type { SuspectCell } from '../../shared/contract/checks.ts';

const read = (name: string) =>
  readFileSync(new URL(`../fixtures/hospital/${name}.csv`, import.meta.url), 'utf8');

/** The fields of one line; only quoted ones may hold commas. */
const fieldsOf = (line: string): string[] =>
  [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '',
  );

function rowsOf(name: string): { readonly header: string[]; readonly rows: string[][] } {
  const [header = [], ...rows] = read(name)
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map(fieldsOf);
  return { header, rows };
}

/** The hospital benchmark: a table with wrong cells, and which they are. */
export function hospital(which: 'dirty' | 'clean' = 'dirty'): {
  readonly table: ColumnarTable;
  readonly wrong: ReadonlySet<string>;
} {
  const clean = rowsOf('clean');
  const dirty = rowsOf(which);
  const columns = dirty.header.map((name, at) =>
    valueColumn(
      name,
      'text',
      dirty.rows.map((row) => row[at] ?? null),
    ),
  );
  const wrong = dirty.rows.flatMap((row, place) =>
    dirty.header.filter((_, at) => row[at] !== clean.rows[place]?.[at]).map((name) => `${place + 1} ${name}`),
  );
  return {
    table: { rows: Float64Array.from(dirty.rows, (_, at) => at + 1), columns },
    wrong: new Set(wrong),
  };
}

/** How well suspect cells meet the truth. */
export function judged(cells: readonly SuspectCell[], wrong: ReadonlySet<string>) {
  const right = cells.filter(({ row, column }) => wrong.has(`${row} ${column}`)).length;
  const precision = cells.length === 0 ? 0 : right / cells.length;
  const recall = right / wrong.size;
  return { precision, recall, f1: right === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
}
