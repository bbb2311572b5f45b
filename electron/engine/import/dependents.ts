import { sql } from '../../../shared/sql.ts';
import type { Session } from '../database/database.ts';

/** Views over a table, and tables with foreign keys to it, by name: none of them lets it be exchanged. */
export async function dependentsInDatabase(session: Session, table: string): Promise<string[]> {
  const rows = await session.query<{ name: string }>(
    sql`select distinct c.relname as name from pg_depend d join pg_rewrite r on r.oid = d.objid join pg_class c on c.oid = r.ev_class
      where d.classid = 'pg_rewrite'::regclass and d.refobjid = to_regclass(format('public.%I', ${table}::text))
        and r.ev_class <> d.refobjid
      union
      select conrelid::regclass::text from pg_constraint
      where contype = 'f' and confrelid = to_regclass(format('public.%I', ${table}::text)) and conrelid <> confrelid
      order by name`,
  );
  return rows.map(({ name }) => name);
}
