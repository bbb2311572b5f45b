import { type Data, Field, makeData, RecordBatch, Schema, Struct, Table, tableToIPC } from 'apache-arrow';
import type { Column } from '../../../shared/column.ts';
import { distinctNames } from '../../../shared/column-names.ts';
import { problem } from '../../../shared/problem.ts';
import type { ColumnBuilder } from './column-builders.ts';
import { copyHeaderBytes } from './copy-header.ts';

/**
 * Turns the bytes of a binary COPY into an Arrow IPC stream; the fields' metadata `pg` names the PostgreSQL types,
 * and `name` the column where it is not the first of its name: Arrow takes columns of one name for one column.
 * Format: PostgreSQL documentation, COPY, "Binary Format".
 */
export function arrowFromCopy(
  copy: Uint8Array,
  columns: readonly Column[],
  builders: readonly ColumnBuilder[],
) {
  const rows = fill(copy, builders);
  return { bytes: arrowOf(columns, finished(builders), rows), rows };
}

function fill(copy: Uint8Array, builders: readonly ColumnBuilder[]): number {
  const view = new DataView(copy.buffer, copy.byteOffset, copy.byteLength);
  let at = copyHeaderBytes;
  let rows = 0;
  while (at + 2 <= copy.byteLength) {
    const fields = view.getInt16(at);
    if (fields === -1) return rows;
    at += 2;
    for (const builder of builders) {
      const length = view.getInt32(at);
      at += 4;
      builder.append(copy, view, at, length);
      if (length > 0) at += length;
    }
    rows++;
  }
  throw problem('bug', 'A binary COPY ended in the middle.');
}

/** Arrow bytes of rows that came as text, one array a row: for statements that COPY cannot run. */
export function arrowFromTexts(
  columns: readonly Column[],
  rows: readonly (readonly (string | null)[])[],
  builders: readonly ColumnBuilder[],
): Uint8Array {
  const encoder = new TextEncoder();
  const none = new DataView(new ArrayBuffer(0));
  for (const row of rows) {
    builders.forEach((builder, at) => {
      const cell = row[at];
      const bytes = encoder.encode(cell ?? '');
      builder.append(bytes, none, 0, cell === null || cell === undefined ? -1 : bytes.length);
    });
  }
  return arrowOf(columns, finished(builders), rows.length);
}

const finished = (builders: readonly ColumnBuilder[]) => builders.map((builder) => builder.finish());

/** Columns of data as an Arrow IPC stream, the way every page reaches the window. */
export function arrowOf(columns: readonly Column[], children: readonly Data[], rows: number): Uint8Array {
  const names = distinctNames(columns.map(({ name }) => name));
  const fields = columns.map(({ name, type }, at) => {
    const field = names[at] ?? name;
    const metadata = new Map([['pg', type], ...(field === name ? [] : [['name', name] as const])]);
    return new Field(field, (children[at] as Data).type, true, metadata);
  });
  const schema = new Schema(fields);
  const data = makeData({ type: new Struct(fields), length: rows, nullCount: 0, children: [...children] });
  return tableToIPC(new Table(schema, [new RecordBatch(schema, data)]), 'stream');
}
