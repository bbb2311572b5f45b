import { type ColumnarTable, valueColumn } from '../../electron/engine/checks/detect/columnar.ts';

type Cells = Readonly<Record<string, readonly (string | null)[]>>;

/** A table by its columns, as detectors and fixers look at it; rows count from 1. */
export function tableOf(cells: Cells, types: Readonly<Record<string, string>> = {}): ColumnarTable {
  const columns = Object.entries(cells).map(([name, values]) =>
    valueColumn(name, types[name] ?? 'text', values),
  );
  const rows = columns[0]?.codes.length ?? 0;
  return { rows: Float64Array.from({ length: rows }, (_, at) => at + 1), columns };
}

/** So many cells, each made from its place. */
export const repeat = <T>(many: number, of: (at: number) => T): T[] =>
  Array.from({ length: many }, (_, at) => of(at));
