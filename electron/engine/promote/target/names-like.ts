import { sql } from '../../../../shared/sql.ts';
import type { TargetSession } from '../connection/target-session.ts';
import type { Place } from './target-state.ts';

/** So much of a table's name begins those of its indexes and sequences, however PostgreSQL shortens them. */
const begin = 14;

/** What stands in the way of something that is new: a type of its name, or indexes and sequences of names like its own. */
export async function namesLike(session: TargetSession, { to, name }: Place) {
  const [found] = await session.query<{ taken: boolean; near: boolean }>(sql`
    select exists (select from pg_type t where t.typnamespace = n.oid and t.typname = ${name} and t.typrelid = 0) as taken,
      exists (select from pg_class c where c.relnamespace = n.oid and c.relkind in ('i', 'I', 'S')
        and starts_with(c.relname::text, left(${name}, ${begin}::int))) as near
    from pg_namespace n where n.nspname = ${to}`);
  return found;
}
