import { type Column, rowColumn, userColumns } from '../../../shared/column.ts';
import type { ViewKind } from '../../../shared/contract/tables.ts';
import { ident, join, literals, names, sql, toText } from '../../../shared/sql.ts';
import type { Session } from './database.ts';
import { columnsOf, type KnownTable, knownTable, maybeTable } from './known-table.ts';

/** A view, and a word that differs when it may give other rows. */
interface ViewMark {
  readonly name: string;
  readonly kind: ViewKind;
  readonly oid: number;
  readonly mark: string;
  readonly columns: readonly Column[];
}

/** What is written down with the rows of a view. */
interface Kept {
  readonly mark: string;
  readonly rows: number;
}

const kindOf = sql`case c.relkind when 'v' then 'view' else 'materialized view' end`;

const areViews = sql`c.relnamespace = 'public'::regnamespace and c.relkind in ('v', 'm')
  and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')`;

/** Every view that a person made, by name. */
export async function listViews(session: Session) {
  const views = await session.query<Pick<ViewMark, 'name' | 'kind' | 'columns'>>(sql`
    select c.relname as name, ${kindOf} as kind, ${columnsOf} as columns
    from pg_class c where ${areViews} order by lower(c.relname), c.relname`);
  return views.map((view) => ({ ...view, columns: userColumns(view.columns) }));
}

/**
 * A table, or a view as a table: its rows as they are now, numbered and put aside for as long as the session lasts, so that
 * every page, order and figure is of the same rows. `epoch` is the database's.
 */
export async function seenTable(session: Session, name: string, epoch: number): Promise<KnownTable> {
  const table = await maybeTable(session, name);
  if (table) return table;
  const view = await viewMark(session, name, epoch);
  if (!view) return knownTable(session, name);
  const aside = `rows of view ${view.oid}`;
  const kept = (await keptRows(session, aside, view.mark)) ?? (await putAside(session, view, aside));
  const { bytes } = await session.one<{ bytes: number }>(
    sql`select pg_total_relation_size(${toText(ident('pg_temp', aside))}::regclass)::float8 as bytes`,
  );
  return {
    name,
    origin: 'query',
    source: null,
    rows: kept.rows,
    state: `view:${view.oid}:${view.mark}`,
    mark: view.mark,
    columns: [{ name: rowColumn, type: 'bigint' }, ...userColumns(view.columns)],
    bytes,
    aside,
  };
}

/**
 * Where all that a view reads is known tables, their versions tell when it changes; what is not written down anywhere, such as
 * partitions, functions of one's own and the clock, may change at any time.
 */
function viewMark(session: Session, name: string, epoch: number): Promise<ViewMark | undefined> {
  return session.maybeOne<ViewMark>(sql`
    with recursive reads(oid) as (
      select c.oid from pg_class c where ${areViews} and c.relname = ${name}
      union
      select d.refobjid from reads join pg_rewrite w on w.ev_class = reads.oid
      join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = w.oid and d.refclassid = 'pg_class'::regclass),
    parts as (
      select r.oid, r.relkind, concat_ws(':', r.oid, r.relfilenode, t.version, t.row_count) as state, t.name as known,
        case when r.relkind in ('v', 'm') then pg_get_viewdef(r.oid) end as definition
      from reads join pg_class r on r.oid = reads.oid
      left join assay.tables t on t.name = r.relname and r.relnamespace = 'public'::regnamespace),
    own as (
      select 1 from reads join pg_rewrite w on w.ev_class = reads.oid
      join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = w.oid and d.refclassid = 'pg_proc'::regclass
      where d.refobjid >= 16384 and not exists (select from pg_depend e where e.objid = d.refobjid and e.deptype = 'e'))
    select c.relname as name, ${kindOf} as kind, c.oid::bigint as oid, ${columnsOf} as columns,
      (select md5(concat_ws('|', string_agg(concat_ws(':', state, definition), ',' order by oid),
        case when exists (select from own) or bool_or(known is null and relkind <> 'v') then ${epoch}::bigint end,
        case when bool_or(definition ~* '\\m(now|current_\\w+|local\\w+|\\w+_timestamp|random|nextval)\\M')
          then date_trunc('minute', now()) end)) from parts) as mark
    from pg_class c where ${areViews} and c.relname = ${name}`);
}

async function keptRows(session: Session, aside: string, mark: string): Promise<Kept | undefined> {
  const { words } = await session.one<{ words: string | null }>(
    sql`select obj_description(to_regclass(${toText(ident('pg_temp', aside))}), 'pg_class') as words`,
  );
  const kept = words === null ? undefined : (JSON.parse(words) as Kept);
  return kept?.mark === mark ? kept : undefined;
}

async function putAside(session: Session, { name, columns, mark }: ViewMark, aside: string): Promise<Kept> {
  const place = ident('pg_temp', aside);
  const cells = userColumns(columns).map((column) => sql`v.${ident(column.name)}`);
  const row = sql`row_number() over () as ${ident(rowColumn)}`;
  await session.run(sql`drop table if exists ${place}`);
  await session.run(sql`
    create temp table ${ident(aside)} as select ${join([row, ...cells])} from ${ident('public', name)} as v`);
  await session.run(sql`create unique index on ${place} (${names([rowColumn])})`);
  await session.run(sql`analyze ${place}`);
  const { rows } = await session.one<{ rows: number }>(sql`select count(*)::float8 as rows from ${place}`);
  const kept = { mark, rows };
  await session.run(literals(sql`comment on table ${place} is ${JSON.stringify(kept)}`));
  return kept;
}
