import { join, sql } from '../../../shared/sql.ts';
import type { Session } from '../database/database.ts';

/** These tables and views, and those under the views. */
export async function tablesUnder(session: Session, named: readonly string[]): Promise<readonly string[]> {
  const read = await session.query<{ name: string }>(sql`
    with recursive read (oid) as (
      select oid from pg_class where relnamespace = 'public'::regnamespace and relname = any(array[${join([...named])}]::text[])
      union select d.refobjid from read
      join pg_rewrite r on r.ev_class = read.oid
      join pg_depend d on d.classid = 'pg_rewrite'::regclass and d.objid = r.oid and d.refclassid = 'pg_class'::regclass)
    select relname as name from read join pg_class using (oid) where relnamespace = 'public'::regnamespace`);
  return read.map(({ name }) => name);
}
