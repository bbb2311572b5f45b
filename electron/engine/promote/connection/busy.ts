import { problem } from '../../../../shared/problem.ts';
import { sql } from '../../../../shared/sql.ts';
import type { Place } from '../target/target-state.ts';
import type { TargetSession } from './target-session.ts';

interface Holding {
  readonly table: string;
  readonly by: string | null;
  readonly minutes: number | null;
}

/** Who has a table in use that was to be swapped; what is known of others depends on this user's rights. */
export async function sayBusy(session: TargetSession, objects: readonly Place[], cause: unknown) {
  const places = objects.map(({ to, name }) => JSON.stringify([to, name]));
  const [found] = await session
    .query<Holding>(sql`
      select c.relname as table, nullif(concat_ws(', ', a.usename, nullif(a.application_name, ''), 'process ' || a.pid), '') as by,
        floor(extract(epoch from clock_timestamp() - a.xact_start) / 60)::int as minutes
      from pg_locks l join pg_class c on c.oid = l.relation join pg_namespace n on n.oid = c.relnamespace
      join pg_stat_activity a on a.pid = l.pid
      where l.locktype = 'relation' and l.granted and l.pid <> pg_backend_pid() and a.datname = current_database()
        and json_build_array(n.nspname, c.relname)::jsonb = any(${`{${places.map((place) => JSON.stringify(place)).join(',')}}`}::jsonb[])
      order by a.xact_start limit 1`)
    .catch(() => []);
  const who = found
    ? `${found.table} is in use there by ${found.by}${since(found.minutes)}`
    : 'A table is in use there';
  return problem('server_failed', `${who}, so nothing was swapped in.`, {
    hint: 'What was loaded stays there: promote again when it is free, and only the swap is left to do.',
    at: { sqlstate: '55P03', ...(found ? { table: found.table } : {}) },
    cause,
  });
}

const since = (minutes: number | null) =>
  minutes === null || minutes < 1 ? '' : `, in one transaction for ${minutes} min`;
