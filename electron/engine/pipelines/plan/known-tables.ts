import { type Column, rowColumn, userColumns } from '../../../../shared/column.ts';
import { type Sql, sql } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';
import { type CatalogTable, catalogTables } from '../../database/known-table.ts';
import { listRenames } from '../../tables/rename-table.ts';

/** How far a step that reads only what is new has read: the highest value, and what the table held then. */
export interface Watermark {
  readonly column: string;
  /** As PostgreSQL writes it. */
  readonly value: string;
  readonly rows: number;
  /** A sum over the values of those rows, in whichever order; missing where an older build noted it. */
  readonly content?: string;
}

/** A table that a pipeline may read; its columns are those without `_row`. */
export interface ReadableTable extends CatalogTable {
  /** Where it stands, if not in schema public under its name. */
  readonly at?: Sql;
  /** True where its rows have addresses, which give them an order. */
  readonly addressed?: boolean;
  /** True where it keeps every version of a row, with the time it held. */
  readonly versioned?: boolean;
  /** How far it has been read when that has been read. */
  readonly next?: Watermark;
}

/** Every table of the workspace by name. */
export async function readableTables(session: Session): Promise<ReadonlyMap<string, ReadableTable>> {
  const tables = await catalogTables(session);
  const versioned = new Set((await session.query<{ name: string }>(versionedTables)).map(({ name }) => name));
  return new Map(
    tables.map((table) => {
      const columns = userColumns(table.columns);
      const addressed = table.columns.some(({ name }) => name === rowColumn);
      return [table.name, { ...table, columns, addressed, versioned: versioned.has(table.name) }];
    }),
  );
}

/** Only a table that keeps versions was written with times that must not be null. */
const versionedTables = sql`
  select c.relname as name from pg_class c
  join pg_attribute a on a.attrelid = c.oid and a.attname = 'valid_from' and a.attnotnull
  join pg_attribute b on b.attrelid = c.oid and b.attname = 'valid_to' and b.atttypid = a.atttypid
  join assay.tables t on t.name = c.relname and t.origin = 'pipeline'
  where c.relnamespace = 'public'::regnamespace and a.atttypid = 'timestamptz'::regtype`;

/** Every view in schema public, materialised ones too, with its definition's mark and the tables that it reads, by way of other views too. */
export async function knownViews(session: Session): Promise<ReadonlyMap<string, KnownView>> {
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
      md5(string_agg(distinct pg_get_viewdef(c.oid) || coalesce(pg_get_viewdef(t.oid), ''), '') || coalesce(nullif(c.relfilenode, 0)::text, '')) as mark,
      array_remove(array_remove(array_agg(distinct pg_get_viewdef(t.oid)) || pg_get_viewdef(c.oid), null), '') as below,
      (select json_agg(json_build_object('name', attname, 'type', format_type(atttypid, atttypmod)) order by attnum)
       from pg_attribute where attrelid = c.oid and attnum > 0 and not attisdropped) as columns,
      coalesce(array_agg(distinct t.relname::text) filter (where t.relkind in ('r', 'p')), '{}') as reads
    from pg_class c left join deep on deep.view = c.oid left join pg_class t on t.oid = deep.relation
    where c.relkind in ('v', 'm') and c.relnamespace = 'public'::regnamespace group by c.relname, c.oid`);
  return new Map(rows.map(({ name, ...view }) => [name, view]));
}

/**
 * Names that SQL finds without being told a schema, and of which no change is noted: PostgreSQL's own catalogs, tables in
 * partitions, of other servers, or of the connection alone.
 */
export async function unwatchedRelations(session: Session): Promise<ReadonlySet<string>> {
  const rows = await session.query<{ name: string }>(sql`
    select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind in ('r', 'p', 'f', 'v', 'm') and (n.nspname in ('public', 'pg_catalog') or n.oid = pg_my_temp_schema())
    except select name from assay.tables
    except select relname from pg_class where relkind in ('v', 'm') and relnamespace = 'public'::regnamespace`);
  return new Set(rows.map(({ name }) => name));
}

/** What tables that had another name are called now, by that name; the last renaming counts. */
export async function renamedTables(session: Session): Promise<ReadonlyMap<string, string>> {
  const now = new Map<string, string>();
  for (const { from, to } of await listRenames(session)) {
    for (const [old, name] of now) if (name === from) now.set(old, to);
    now.set(from, to);
  }
  return now;
}

/** What a view is made of. */
export interface KnownView {
  readonly definition: string;
  /** Another one whenever it, or a view below it, is defined otherwise. */
  readonly mark: string;
  readonly reads: readonly string[];
  /** Its definition and those of the views below it. */
  readonly below: readonly string[];
  readonly columns: readonly Column[];
}
