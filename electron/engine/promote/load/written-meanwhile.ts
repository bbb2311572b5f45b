import { problem } from '../../../../shared/problem.ts';
import { ident, type Sql, sql, toText } from '../../../../shared/sql.ts';
import type { TargetSession } from '../connection/target-session.ts';
import type { PromotedObject } from '../objects/objects.ts';
import { keyOf, type Place, type TargetState } from '../target/target-state.ts';

/** Of tables that are replaced, what tells whether somebody has written to them since. */
export type Watched = ReadonlyMap<PromotedObject, string>;

/** Larger tables are not read again while everybody waits for the swap. */
const quicklyRead = 64 * 1024 * 1024;

/** Every row that is written has a number that none had before, so that their sum and count tell of each change. */
const stateOf = ({ to, name }: Place) =>
  sql`(select count(*)::text || ' ' || coalesce(sum(xmin::text::bigint), 0)::text from ${ident(to, name)})`;

/** Looks at each table that would be replaced, before anything is compared. */
export async function watch(
  session: TargetSession,
  objects: readonly PromotedObject[],
  { existing }: TargetState,
): Promise<Watched> {
  const watched = new Map<PromotedObject, string>();
  for (const object of objects) {
    if (object.mode !== 'replace' || existing.get(keyOf(object))?.kind !== 'table') continue;
    const [found] = await session.query<{ state: string }>(sql`select ${stateOf(object)} as state`);
    if (found) watched.set(object, found.state);
  }
  return watched;
}

/** Refuses to replace what was written since, which no plan has shown. */
export async function refuseWritten(session: TargetSession, watched: Watched): Promise<void> {
  for (const [object, state] of watched) {
    const [found] = await session.query<{ state: string }>(sql`select ${stateOf(object)} as state`);
    if (found?.state === state) continue;
    throw problem('server_failed', `${says(object)}: nothing was swapped in.`, {
      hint: 'What was loaded stays there. Look at the new plan, then promote again; where it is written all the time, accept that (--accept-drift).',
      at: { table: object.name },
    });
  }
}

const says = ({ name }: Place) => `${name} was changed on the target while it was promoted`;

/** The same under the lock of the swap, where that takes no time. */
export const writtenGuards = (watched: Watched, { existing }: TargetState): Sql[] =>
  [...watched]
    .filter(([object]) => (existing.get(keyOf(object))?.bytes ?? 0) < quicklyRead)
    .flatMap(([object, state]) => {
      const body = sql`begin if ${stateOf(object)} <> ${state} then raise exception using errcode = '40001', message = ${says(object)}; end if; end`;
      return [sql`do ${toText(body)}`];
    });
