import { ident, type Sql, sql } from '../../../../shared/sql.ts';
import type { TargetSession } from '../connection/target-session.ts';
import type { Place } from './target-state.ts';

/** A table as it was: other transactions than those before the horizon may have written to it since. */
export interface Seen {
  readonly horizon: string;
  readonly state: string;
}

/** The number of the oldest transaction that has not ended, as rows have it. */
const horizonNow = sql`(pg_snapshot_xmin(pg_current_snapshot())::text::numeric % 4294967296)::text`;

/**
 * The rows, and of those since the horizon where they stand and which transactions wrote them: each change has others.
 * Neither a hash nor a text is made of all the other rows, so that a million of them are looked at while others wait.
 */
const stateAfter = ({ to, name }: Place, horizon: string): Sql =>
  sql`(select concat_ws(' ', count(*), sum(hashtextextended(xmin::text || ctid::text, 0)) filter (where age(xmin) <= (select age(${horizon}::xid)))) from ${ident(to, name)})`;

/** Looks at a table so that it can be told later whether it was written to since. */
export async function lookAtRows(session: TargetSession, place: Place): Promise<Seen> {
  const [now] = await session.query<{ horizon: string }>(sql`select ${horizonNow} as horizon`);
  const horizon = now?.horizon ?? '';
  const [seen] = await session.query<{ state: string }>(sql`select ${stateAfter(place, horizon)} as state`);
  return { horizon, state: seen?.state ?? '' };
}

/** Holds where it was written to. */
export const changedSince = (place: Place, { horizon, state }: Seen): Sql =>
  sql`${stateAfter(place, horizon)} <> ${state}`;

/** How a promotion is told from what came after it: by what had been committed when it was. */
export const promotedAt = sql`pg_current_snapshot()::text`;

/** Holds for rows of transactions that had not been committed when that was noted; nothing in a database that was restored since. */
export function writtenAfter(noted: string): Sql {
  const [, next = '0', running = ''] = noted.split(':');
  const numbers = running.split(',').filter((one) => one !== '');
  const rest = (number: string) => String(BigInt(number) % 4294967296n);
  return sql`(age(xmin) <= age(${rest(next)}::xid) or xmin = any(${`{${numbers.map(rest).join(',')}}`}::xid[]))`;
}
