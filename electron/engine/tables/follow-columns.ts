import { join, sql } from '../../../shared/sql.ts';
import type { Session } from '../database/database.ts';

interface Renamed {
  readonly table: string;
  readonly from: string;
  readonly to: string;
}

/** Notes the numbers of columns whose privacy is remembered, by the names that they have now. */
export async function numberColumns(session: Session): Promise<void> {
  const named = sql`
    select c.relname as table_name, a.attname as name, a.attrelid, a.attnum from pg_attribute a
    join pg_class c on c.oid = a.attrelid and c.relnamespace = 'public'::regnamespace
    where a.attnum > 0 and not a.attisdropped`;
  await session.run(sql`
    update assay.private_columns p set relation = n.attrelid, attnum = n.attnum from (${named}) as n
    where n.table_name = p.table_name and n.name = p.column_name
      and (p.relation, p.attnum) is distinct from (n.attrelid, n.attnum)`);
  await session.run(sql`
    update assay.private_columns p set from_relation = n.attrelid, from_attnum = n.attnum from (${named}) as n
    where n.table_name = p.from_table and n.name = p.from_column
      and (p.from_relation, p.from_attnum) is distinct from (n.attrelid, n.attnum)`);
}

/**
 * What is remembered of a column's privacy goes with it to a new name. Files may call it by the old one still: what they
 * say of that holds for the new one, and what is made of it is made of both.
 */
export async function followColumns(session: Session): Promise<boolean> {
  const renamed = await renamedColumns(session);
  if (renamed.length === 0) return false;
  const names = sql`(values ${join(renamed.map(({ table, from, to }) => sql`(${table}, ${from}, ${to})`))}) as r (table_name, old, now)`;
  await session.run(sql`
    insert into assay.private_columns (table_name, column_name, from_table, from_column, version, import_id)
    select p.table_name, coalesce(c.now, p.column_name), p.from_table, f.name, p.version, p.import_id
    from assay.private_columns p
    left join lateral (select r.now from ${names} where r.table_name = p.table_name and r.old = p.column_name) as c on true
    cross join lateral (select p.from_column as name union
      select r.now from ${names} where r.table_name = p.from_table and r.old = p.from_column) as f
    where p.from_table <> ''
    on conflict do nothing`);
  await session.run(sql`
    insert into assay.private_columns (table_name, column_name, from_table, from_column, version, import_id)
    select r.table_name, r.now, r.table_name, r.old, t.version, (select max(i.id) from assay.imports i where i.table_name = t.name)
    from ${names} join assay.tables t on t.name = r.table_name
    on conflict do nothing`);
  await forgetOldNames(session, renamed);
  await numberColumns(session);
  return true;
}

const renamedColumns = (session: Session): Promise<readonly Renamed[]> =>
  session.query<Renamed>(sql`
    select distinct p.table_name as table, p.name as from, a.attname as to
    from (
      select table_name, column_name as name, relation, attnum from assay.private_columns
      union select from_table, from_column, from_relation, from_attnum from assay.private_columns) as p
    join pg_attribute a on a.attrelid = p.relation and a.attnum = p.attnum and not a.attisdropped and a.attname <> p.name
    join pg_class c on c.oid = a.attrelid and c.relname = p.table_name and c.relnamespace = 'public'::regnamespace`);

/** Names that no column has now: another of such a name would be another column. */
async function forgetOldNames(session: Session, renamed: readonly Renamed[]): Promise<void> {
  for (const { table, from } of renamed)
    await session.run(sql`
      delete from assay.private_columns p where p.from_table <> '' and p.table_name = ${table} and p.column_name = ${from}
        and not exists (select from pg_attribute a where a.attrelid = p.relation and a.attname = ${from} and not a.attisdropped)`);
}
