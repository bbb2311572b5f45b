import { problem } from '../../../../shared/problem.ts';
import { type Sql, sql, toText } from '../../../../shared/sql.ts';
import type { TargetSession } from '../connection/target-session.ts';
import { changedSince, lookAtRows, type Seen } from '../target/rows-since.ts';
import { keyOf, type Place, type TargetState } from '../target/target-state.ts';

/** Of tables, what tells whether somebody has written to them since. */
export type Watched = ReadonlyMap<Place, Seen>;

/** Larger tables are not read again while everybody waits: so much takes some tenth of a second. */
const quickly = { bytes: 192 * 1024 * 1024, rows: 1_200_000 };

/** Whether a table can be looked at once more while others wait for it. */
export function quicklyRead(place: Place, { existing }: TargetState): boolean {
  const { bytes = 0, rows = 0 } = existing.get(keyOf(place)) ?? {};
  return bytes <= quickly.bytes && rows <= quickly.rows;
}

/** Looks at each of these that is a table there, before anything is compared. */
export async function watch(
  session: TargetSession,
  places: readonly Place[],
  { existing }: TargetState,
): Promise<Watched> {
  const watched = new Map<Place, Seen>();
  for (const place of places) {
    if (existing.get(keyOf(place))?.kind === 'table') watched.set(place, await lookAtRows(session, place));
  }
  return watched;
}

/** Refuses to replace what was written since, which no plan has shown. */
export async function refuseWritten(session: TargetSession, watched: Watched): Promise<void> {
  for (const [place, seen] of watched) {
    if (!(await isWritten(session, place, seen))) continue;
    throw problem('server_failed', `${promotedMeanwhile(place.name)}: nothing was swapped in.`, {
      hint: 'What was loaded stays there. Look at the new plan, then promote again, while nobody writes to it.',
      at: { table: place.name },
    });
  }
}

/** Whether somebody has written to it since. */
export async function isWritten(session: TargetSession, place: Place, seen: Seen): Promise<boolean> {
  const [found] = await session.query<{ changed: boolean }>(
    sql`select ${changedSince(place, seen)} as changed`,
  );
  return found?.changed === true;
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
      const body = sql`begin if ${changedSince(place, seen)} then raise exception using errcode = '40001', message = ${says(place.name)}; end if; end`;
      return [sql`do ${toText(body)}`];
    });
