import { type Sql, sql } from '../../../../shared/sql.ts';

/** The schema on the target in which promotions are noted. */
export const ledgerSchema = 'assay_promotions';

/** Told by the catalog, which is open to everybody: who may not look into the notes is told so, and not refused halfway. */
export const ledgerState: Sql = sql`(
  select json_build_object(
    'there', exists (select from pg_attribute a join pg_class c on c.oid = a.attrelid
      where c.relnamespace = n.oid and c.relname = 'change' and a.attname = 'about' and not a.attisdropped),
    'open', coalesce(has_schema_privilege(n.oid, 'usage'), true) and not exists (
      select from pg_class c where c.relnamespace = n.oid and c.relkind = 'r' and not (
        has_table_privilege(c.oid, 'select') and has_table_privilege(c.oid, 'insert') and has_table_privilege(c.oid, 'update'))))
  from (select to_regnamespace(${ledgerSchema}) as oid) as n)`;
