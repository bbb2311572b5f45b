import { problem } from '../../../../shared/problem.ts';
import { ident, type Sql, sql, toText } from '../../../../shared/sql.ts';
import type { TargetSession } from '../connection/target-session.ts';
import { keyOf, type Place, type TargetState } from '../target/target-state.ts';

/** Of tables, what tells whether somebody has written to them since. */
export type Watched = ReadonlyMap<Place, string>;

/** Larger tables are not read again while everybody waits. */
const quicklyReadBytes = 64 * 1024 * 1024;

/** Whether a table can be looked at once more while others wait for it. */
export const quicklyRead = (place: Place, { existing }: TargetState): boolean =>
  (existing.get(keyOf(place))?.bytes ?? 0) < quicklyReadBytes;

/** Every row that is written has a number that none had before, so that their sum and count tell of each change. */
const stateOf = ({ to, name }: Place) =>
  sql`(select count(*)::text || ' ' || coalesce(sum(xmin::text::bigint), 0)::text from ${ident(to, name)})`;

/** Looks at each of these that is a table there, before anything is compared. */
export async function watch(
  session: TargetSession,
  places: readonly Place[],
  { existing }: TargetState,
): Promise<Watched> {
  const watched = new Map<Place, string>();
  for (const place of places) {
    if (existing.get(keyOf(place))?.kind !== 'table') continue;
    const [found] = await session.query<{ state: string }>(sql`select ${stateOf(place)} as state`);
    if (found) watched.set(place, found.state);
  }
  return watched;
}

/** Refuses to replace what was written since, which no plan has shown. */
export async function refuseWritten(session: TargetSession, watched: Watched): Promise<void> {
  for (const [place, state] of watched) {
    const [found] = await session.query<{ state: string }>(sql`select ${stateOf(place)} as state`);
    if (found?.state === state) continue;
    throw problem('server_failed', `${promotedMeanwhile(place.name)}: nothing was swapped in.`, {
      hint: 'What was loaded stays there. Look at the new plan, then promote again, while nobody writes to it.',
      at: { table: place.name },
    });
  }
}

/** Says so of a promotion. */
export const promotedMeanwhile = (table: string) =>
  `${table} was changed on the target while it was promoted`;

/** The same under the lock, where that takes no time; `says` tells of a table that was written. */
export const writtenGuards = (
  watched: Watched,
  state: TargetState,
  says: (table: string) => string = promotedMeanwhile,
): Sql[] =>
  [...watched]
    .filter(([place]) => quicklyRead(place, state))
    .flatMap(([place, seen]) => {
      const body = sql`begin if ${stateOf(place)} <> ${seen} then raise exception using errcode = '40001', message = ${says(place.name)}; end if; end`;
      return [sql`do ${toText(body)}`];
    });
