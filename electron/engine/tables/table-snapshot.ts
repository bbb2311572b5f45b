import { sql } from '../../../shared/sql.ts';
import type { Session } from '../database/database.ts';

/** What of a table tells that it changed. */
export interface TableMark {
  readonly name: string;
  /** Its number in the database, which a new name leaves as it is. */
  readonly oid: number;
  /** Differs after a row, a column, its collation, what one is computed by, the words of its type, or all rows at once changed; row counts hold within one transaction only. */
  readonly mark: string;
}

/** The tables in schema public as this transaction sees them. */
export const snapshotTables = (session: Session): Promise<readonly TableMark[]> =>
  session.query<TableMark>(sql`
    select c.relname as name, c.oid::bigint as oid, concat_ws(':', c.relfilenode,
      pg_stat_get_xact_tuples_inserted(c.oid) + pg_stat_get_xact_tuples_updated(c.oid) + pg_stat_get_xact_tuples_deleted(c.oid),
      (select md5(string_agg(concat_ws(' ', a.attname, format_type(a.atttypid, a.atttypmod), a.attcollation,
          (select pg_get_expr(d.adbin, d.adrelid) from pg_attrdef d
            where a.attgenerated <> '' and d.adrelid = a.attrelid and d.adnum = a.attnum),
          (select string_agg(e.enumlabel, ',' order by e.enumsortorder) from pg_enum e where e.enumtypid = a.atttypid)),
        ',' order by a.attnum))
       from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped)) as mark
    from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and not c.relispartition
      and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')`);

/** What a table or view is called. */
export interface RelationName {
  readonly name: string;
  /** Its number in the database, which a new name leaves as it is. */
  readonly oid: number;
}

/** The names of all tables and views in schema public as this transaction sees them. */
export const relationNames = (session: Session): Promise<readonly RelationName[]> =>
  session.query<RelationName>(sql`
    select c.relname as name, c.oid::bigint as oid from pg_class c
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v', 'm') order by c.oid`);

/** A word that differs when this transaction made, dropped, redefined or refreshed a view. */
export async function markOfViews(session: Session): Promise<string> {
  const { mark } = await session.one<{ mark: string }>(sql`
    select md5(coalesce(string_agg(concat_ws(':', c.oid, c.relname, c.relfilenode, pg_get_viewdef(c.oid),
      pg_stat_get_xact_tuples_inserted(c.oid) + pg_stat_get_xact_tuples_updated(c.oid) + pg_stat_get_xact_tuples_deleted(c.oid)),
      ',' order by c.oid), '')) as mark
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('v', 'm')`);
  return mark;
}

/** A word that differs when somebody changed Assay's own records in this transaction. */
export async function markOfRecords(session: Session): Promise<string> {
  const { mark } = await session.one<{ mark: string }>(sql`
    select coalesce(string_agg(concat_ws(':', c.oid, c.relname, c.relfilenode, c.relnatts,
      pg_stat_get_xact_tuples_inserted(c.oid) + pg_stat_get_xact_tuples_updated(c.oid) + pg_stat_get_xact_tuples_deleted(c.oid)),
      ',' order by c.oid), '') as mark
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = 'assay' and c.relkind in ('r', 'v')`);
  return mark;
}
