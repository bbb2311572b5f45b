import type { Probe } from '../../../../shared/contract/promote.ts';
import { sql } from '../../../../shared/sql.ts';
import type { TargetSession } from '../connection/target-session.ts';
import { needsVector } from '../load/swap.ts';
import type { PromotedObject } from '../objects/objects.ts';
import type { TargetState } from '../target/target-state.ts';
import { grantsOf, lacks } from './rights.ts';

const oldest = 14;
const newest = 18;

interface Found {
  readonly major: number;
  readonly superuser: boolean;
  readonly encrypted: boolean;
  readonly max: number;
  readonly used: number;
  readonly extensions: Probe['extensions'];
}

/** Looks at what a target is and what a promotion of these objects would lack there. */
export async function probeTarget(
  target: string,
  session: TargetSession,
  objects: readonly PromotedObject[],
  state: TargetState,
): Promise<Probe> {
  const [found] = await session.query<Found>(sql`
    select current_setting('server_version_num')::int / 10000 as major,
      (select rolsuper from pg_roles where rolname = current_user) as superuser,
      coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false) as encrypted,
      current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int as max,
      (select count(*)::int from pg_stat_activity where backend_type = 'client backend') as used,
      (select coalesce(json_agg(json_build_object('name', name, 'version', installed_version, 'available', true) order by name), '[]')
        from pg_available_extensions where name in ('vector', 'pg_trgm', 'citus', 'postgis', 'timescaledb')) as extensions`);
  const { major, superuser, encrypted, max, used, extensions } = found as Found;
  const missing = lacks(objects, state);
  const supported = major >= oldest && major <= newest;
  return {
    ...{ target, server: session.server, major, supported, superuser, encrypted, extensions },
    database: state.database,
    user: state.user,
    connections: { max, used, free: Math.max(0, max - used) },
    missing: [
      ...(supported ? [] : [`PostgreSQL ${major} is not one of ${oldest} to ${newest}.`]),
      ...missing.map(({ says }) => says),
      ...(needsVector(objects) && state.vector === 'missing'
        ? ['The server has no pgvector: vectors cannot go there.']
        : []),
    ],
    grants: grantsOf(missing).join('\n'),
  };
}
