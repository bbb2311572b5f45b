import { tableFromIPC, tableToIPC } from 'apache-arrow';
import { rowColumn } from '../../../shared/column.ts';
import { saysInfinite, withoutInfinities } from '../../engine/tables/export/without-infinities.ts';
import type { Written } from './written.ts';

/** The same rows as an Arrow IPC file (Feather 2), which is what is looked for under a name that ends in .arrow. */
export const arrowFile = (bytes: Uint8Array): Uint8Array => tableToIPC(tableFromIPC(bytes), 'file');

/** The same rows as an Arrow IPC stream with null for what is infinite, and what is to be said of it. */
export function arrowStream(bytes: Uint8Array, withRow: boolean): Written {
  const { table, infinite } = withoutInfinities(tableFromIPC(bytes));
  const finite = infinite.size === 0 ? bytes : tableToIPC(table, 'stream');
  return { content: withRow ? finite : withoutRow(finite), notes: saysInfinite(infinite, 'Arrow') };
}

/** The same rows as an Arrow IPC stream without their addresses. */
function withoutRow(bytes: Uint8Array): Uint8Array {
  const table = tableFromIPC(bytes);
  const { fields } = table.schema;
  const places = fields.flatMap((field, at) =>
    (field.metadata.get('name') ?? field.name) === rowColumn ? [] : [at],
  );
  return places.length === fields.length ? bytes : tableToIPC(table.selectAt(places), 'stream');
}
