import { readFileSync } from 'node:fs';
import { type ColumnarTable, valueColumn } from '../../electron/engine/checks/detect/columnar.ts';
import type { Fix } from '../../electron/engine/checks/repair/fixer.ts';
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
  /** What a cell truly is, by its row from 1 and its column. */
  readonly truth: (row: number, column: string) => string | undefined;
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
    truth: (row, column) => clean.rows[row - 1]?.[clean.header.indexOf(column)],
  };
}

/** How many fixes put the truth in place, of those proposed and of all errors. */
export function judgedFixes(
  fixes: readonly Pick<Fix, 'row' | 'column' | 'to'>[],
  wrong: ReadonlySet<string>,
  truth: (row: number, column: string) => string | undefined,
) {
  const right = fixes.filter(
    ({ row, column, to }) => wrong.has(`${row + 1} ${column}`) && truth(row + 1, column) === to,
  ).length;
  return { precision: fixes.length === 0 ? 0 : right / fixes.length, recall: right / wrong.size };
}

/** How well suspect cells meet the truth. */
export function judged(cells: readonly SuspectCell[], wrong: ReadonlySet<string>) {
  const right = cells.filter(({ row, column }) => wrong.has(`${row} ${column}`)).length;
  const precision = cells.length === 0 ? 0 : right / cells.length;
  const recall = right / wrong.size;
  return { precision, recall, f1: right === 0 ? 0 : (2 * precision * recall) / (precision + recall) };
}
