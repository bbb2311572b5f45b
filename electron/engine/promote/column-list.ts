import type { PromotedTable } from '../../../shared/contract/promote.ts';
import type { PromotedObject } from './objects.ts';

/** A column that was added or retyped on the target is a difference too; the row address of a workspace is none. */
export function withColumnList(
  table: PromotedTable,
  object: PromotedObject | undefined,
  columnsThere: (object: PromotedObject) => string,
): PromotedTable {
  if (!object) return table;
  const checksum = object.columns.map(({ name, type }) => `${name} ${type}`).join(', ');
  const serverChecksum = columnsThere(object)
    .replace(/(^|, )_row bigint(?=, |$)/, '')
    .replace(/^, /, '');
  if (checksum === serverChecksum) return table;
  const columns = [{ name: '(columns)', checksum, serverChecksum }, ...table.columns];
  return { ...table, columns, checksumsEqual: false };
}
