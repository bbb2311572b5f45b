import type { Column } from '../../../../shared/column.ts';
import type { PromotedTable } from '../../../../shared/contract/promote.ts';
import { sql } from '../../../../shared/sql.ts';
import type { TargetSession } from '../connection/target-session.ts';
import { columnsOnTarget } from './mode.ts';
import type { PromotedObject } from './objects.ts';

/** The columns of a table on the target as they are there. */
export const columnsThere = (
  session: TargetSession,
  schema: string,
  table: string,
): Promise<readonly Column[]> =>
  session.query<Column>(sql`
    select a.attname as name, format_type(a.atttypid, a.atttypmod) as type
    from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = ${schema} and c.relname = ${table} and a.attnum > 0 and not a.attisdropped order by a.attnum`);

/** A column that was added or retyped on the target is a difference too; the row address of a workspace is none. */
export function withColumnList(
  table: PromotedTable,
  object: PromotedObject | undefined,
  columnsThere: (object: PromotedObject) => string,
): PromotedTable {
  if (!object) return table;
  const checksum = columnsOnTarget(object)
    .map(({ name, type }) => `${name} ${type}`)
    .join(', ');
  const serverChecksum = columnsThere(object)
    .replace(/(^|, )_row bigint(?=, |$)/, '')
    .replace(/^, /, '');
  if (checksum === serverChecksum) return table;
  const columns = [{ name: '(columns)', checksum, serverChecksum }, ...table.columns];
  return { ...table, columns, checksumsEqual: false };
}
