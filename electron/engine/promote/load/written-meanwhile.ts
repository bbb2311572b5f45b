import { problem } from '../../../../shared/problem.ts';
import { sql } from '../../../../shared/sql.ts';
import type { TargetSession } from '../connection/target-session.ts';
import { changedSince, lookAtRows, type Seen } from '../target/rows-since.ts';
import { keyOf, type Place, type TargetState } from '../target/target-state.ts';
import type { Guard } from './short-locks.ts';

/** Of tables, what tells whether somebody has written to them since. */
export type Watched = ReadonlyMap<Place, Seen>;

/** More than this is not read again while everybody waits: so much takes some tenth of a second. */
const quickly = { bytes: 192 * 1024 * 1024, rows: 1_200_000 };

/**
 * Of these tables, the ones that can be looked at once more, one after the other, while others wait for them: the smallest,
 * and those `doomed` ones, by their keys, that nobody can look into afterwards.
 */
export function quicklyRead(
  places: Iterable<Place>,
  { existing }: TargetState,
  doomed: ReadonlySet<string> = new Set(),
): ReadonlySet<Place> {
  const sized = [...places].map((place) => ({
    place,
    ...{ bytes: 0, rows: 0, ...existing.get(keyOf(place)) },
  }));
  const quick = new Set<Place>();
  let [bytes, rows] = [0, 0];
  for (const one of sized.sort((a, b) => a.bytes - b.bytes || a.rows - b.rows)) {
    bytes += one.bytes;
    rows += one.rows;
    const small = bytes <= quickly.bytes && rows <= quickly.rows;
    if (small || doomed.has(keyOf(one.place))) quick.add(one.place);
  }
  return quick;
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
export function writtenGuards(
  watched: Watched,
  state: TargetState,
  says: (table: string) => string = promotedMeanwhile,
  doomed: ReadonlySet<string> = new Set(),
): Guard[] {
  const quick = quicklyRead(watched.keys(), state, doomed);
  return [...watched]
    .filter(([place]) => quick.has(place))
    .map(([place, seen]) => ({ fails: changedSince(place, seen), says: says(place.name), reads: true }));
}
