import { join as joinPath } from 'node:path';
import type { OpenNote } from '../../../../../shared/contract/formats.ts';
import { stopIfCancelled } from '../../../../../shared/problem.ts';
import type { Relation } from '../../duck/relation.ts';
import type { Source } from '../../source/source.ts';
import type { Surroundings } from '../../table/define-format.ts';
import { ScratchTable } from '../../table/scratch-table.ts';
import { ColumnTally } from '../columnar/column-tally.ts';
import { type ExactValues, exactValues } from './exact-values.ts';
import { schemaNodes } from './schema-node.ts';
import { openParts, storedValues } from './stored-values.ts';

/** Columns of a Parquet file that DuckDB would read with a loss, as text beside its rows. */
export interface ExactColumns {
  /** For each place in the file that is read so, its column in the relation and its type. */
  readonly at: ReadonlyMap<number, { readonly cell: number; readonly type: string }>;
  /** As many rows as were asked for, in the file's order. */
  readonly relation: Relation;
  /** What is told of the columns, by their places. */
  notes(place: number, name: string): readonly OpenNote[];
}

interface Reading extends ExactValues {
  readonly place: number;
  readonly tally: ColumnTally;
}

/**
 * Reads columns of a Parquet file value by value, a group of rows at a time; those that hold a kind of values that cannot
 * be read so are left out. `rows` are the first that are wanted.
 */
export async function exactColumns(
  { path, name }: Source,
  places: readonly number[],
  rows: number,
  { scratch, signal, progress }: Surroundings,
): Promise<ExactColumns> {
  const { parquetMetadataAsync } = await import('hyparquet');
  const parts = await openParts(path);
  const table = await ScratchTable.create(joinPath(scratch, 'exact.csv'));
  try {
    const metadata = await parquetMetadataAsync(parts, { geoparquet: false });
    const nodes = schemaNodes(metadata.schema);
    const readings = places.flatMap((place): Reading[] => {
      const tally = new ColumnTally();
      const node = nodes[place];
      const values = node && exactValues(node, tally);
      return values ? [{ ...values, place, tally }] : [];
    });
    for (const [group, { num_rows }] of metadata.row_groups.entries()) {
      const wanted = readings.length === 0 ? 0 : Math.min(Number(num_rows), rows - table.rows);
      if (wanted <= 0) continue;
      stopIfCancelled(signal);
      const columns: ArrayLike<unknown>[] = [];
      for (const { place } of readings)
        columns.push(await storedValues(parts, metadata, { place, group, rows: wanted }));
      await addRows(table, readings, columns, wanted);
      progress?.({ title: `Reading ${name}`, done: table.rows, unit: 'rows' });
    }
    return {
      at: new Map(readings.map(({ place, type }, cell) => [place, { cell, type }])),
      relation: table.relation(Math.max(1, readings.length)),
      notes: (place, column) => readings.find((one) => one.place === place)?.tally.notes(column) ?? [],
    };
  } finally {
    await table.close();
    await parts.file.close();
  }
}

async function addRows(
  table: ScratchTable,
  readings: readonly Reading[],
  columns: readonly ArrayLike<unknown>[],
  rows: number,
): Promise<void> {
  for (let row = 0; row < rows; row++) {
    const place = { line: table.rows + 1, start: 0, length: 0 };
    table.add(
      place,
      readings.map(({ text }, at) => text(columns[at]?.[row])),
    );
    if (row % 1000 === 999) await table.flush();
  }
}
