import { tableFromIPC, tableToIPC } from 'apache-arrow';
import { rowColumn } from '../../../shared/column.ts';
import { saysInfinite, withoutInfinities } from '../../engine/tables/export/without-infinities.ts';

/** The same rows as an Arrow IPC file (Feather 2), which is what is looked for under a name that ends in .arrow. */
export const arrowFile = (bytes: Uint8Array): Uint8Array => tableToIPC(tableFromIPC(bytes), 'file');

/** The same rows as an Arrow IPC stream with null for what is infinite, and what is to be said of it. */
export function finiteArrow(bytes: Uint8Array): { bytes: Uint8Array; notes: readonly string[] } {
  const { table, infinite } = withoutInfinities(tableFromIPC(bytes));
  return infinite.size === 0
    ? { bytes, notes: [] }
    : { bytes: tableToIPC(table, 'stream'), notes: saysInfinite(infinite) };
}

/** The same rows as an Arrow IPC stream without their addresses. */
export function withoutRow(bytes: Uint8Array): Uint8Array {
  const table = tableFromIPC(bytes);
  const { fields } = table.schema;
  const places = fields.flatMap((field, at) =>
    (field.metadata.get('name') ?? field.name) === rowColumn ? [] : [at],
  );
  return places.length === fields.length ? bytes : tableToIPC(table.selectAt(places), 'stream');
}
