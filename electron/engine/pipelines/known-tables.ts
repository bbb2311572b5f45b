import type { Column } from '../../../shared/column.ts';
import type { TableOrigin } from '../../../shared/contract/tables.ts';
import { sql } from '../../../shared/sql.ts';
import type { Session } from '../database/database.ts';

/** A table that a pipeline may read. */
export interface KnownTable {
  readonly name: string;
  readonly origin: TableOrigin;
  readonly source: string | null;
  readonly version: number;
  /** Without `_row`. */
  readonly columns: readonly Column[];
}

/** Every table of the workspace by name. */
export async function readTables(session: Session): Promise<ReadonlyMap<string, KnownTable>> {
  const rows = await session.query<KnownTable>(sql`
    select t.name, t.origin, t.source, t.version,
      coalesce((select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum)
        from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attname <> '_row'), '[]') as columns
    from assay.tables t
    join pg_class c on c.relname = t.name and c.relnamespace = 'public'::regnamespace
    order by t.name`);
  return new Map(rows.map((table) => [table.name, { ...table, version: Number(table.version) }]));
}
