import type { Column } from '../../../shared/column.ts';
import type { TableOrigin } from '../../../shared/contract/tables.ts';
import { type Sql, sql } from '../../../shared/sql.ts';
import type { Session } from '../database/database.ts';

/** A table that a pipeline may read. */
export interface KnownTable {
  readonly name: string;
  readonly origin: TableOrigin;
  readonly source: string | null;
  /** Another one whenever the content is another. */
  readonly mark: string;
  readonly rows: number;
  /** Without `_row`. */
  readonly columns: readonly Column[];
  /** Where it stands, if not in schema public under its name. */
  readonly at?: Sql;
}

/** Every table of the workspace by name. */
export async function readTables(session: Session): Promise<ReadonlyMap<string, KnownTable>> {
  const rows = await session.query<KnownTable>(sql`
    select t.name, t.origin, t.source, t.row_count as rows,
      t.version || '@' || extract(epoch from t.updated_at) as mark,
      coalesce((select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, a.atttypmod)) order by a.attnum)
        from pg_attribute a
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attname <> '_row'), '[]') as columns
    from assay.tables t
    join pg_class c on c.relname = t.name and c.relnamespace = 'public'::regnamespace
    order by t.name`);
  return new Map(rows.map((table) => [table.name, { ...table, rows: Number(table.rows) }]));
}

/** Every view in schema public, with its definition's mark and the tables that it reads, by way of other views too. */
export async function readViews(session: Session): Promise<ReadonlyMap<string, KnownView>> {
  const rows = await session.query<KnownView & { name: string }>(sql`
    with recursive uses as (
      select r.ev_class as view, d.refobjid as relation
      from pg_rewrite r join pg_depend d on d.objid = r.oid and d.classid = 'pg_rewrite'::regclass
      where d.refclassid = 'pg_class'::regclass and d.refobjid <> r.ev_class
    ), deep as (
      select view, relation from uses
      union select deep.view, uses.relation from deep join uses on uses.view = deep.relation
    )
    select c.relname as name,
      pg_get_viewdef(c.oid) as definition,
      md5(string_agg(distinct pg_get_viewdef(c.oid) || coalesce(pg_get_viewdef(t.oid), ''), '')) as mark,
      coalesce(array_agg(distinct t.relname::text) filter (where t.relkind in ('r', 'p')), '{}') as reads
    from pg_class c left join deep on deep.view = c.oid left join pg_class t on t.oid = deep.relation
    where c.relkind = 'v' and c.relnamespace = 'public'::regnamespace group by c.relname, c.oid`);
  return new Map(rows.map(({ name, ...view }) => [name, view]));
}

/** What a view is made of. */
export interface KnownView {
  readonly definition: string;
  /** Another one whenever it, or a view below it, is defined otherwise. */
  readonly mark: string;
  readonly reads: readonly string[];
}
