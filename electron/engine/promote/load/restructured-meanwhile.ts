import { problem } from '../../../../shared/problem.ts';
import { sql } from '../../../../shared/sql.ts';
import type { TargetSession } from '../connection/target-session.ts';
import { structureOf } from '../target/structure-there.ts';
import type { Place } from '../target/target-state.ts';
import type { Guard } from './short-locks.ts';

/** Of what stands on the target, how it was made when it was planned for: what it is given of the old is of then. */
export type Structures = ReadonlyMap<Place, string>;

/** Looks at each of these that is there, before anything else is looked at. */
export async function readStructures(session: TargetSession, places: readonly Place[]): Promise<Structures> {
  const structures = new Map<Place, string>();
  for (const place of places) {
    const [found] = await session.query<{ structure: string | null }>(
      sql`select ${structureOf(place)} as structure`,
    );
    if (found?.structure) structures.set(place, found.structure);
  }
  return structures;
}

/** Refuses where somebody has changed more than rows since: it would be undone, or be lost. */
export async function refuseRestructured(session: TargetSession, structures: Structures): Promise<void> {
  const now = await readStructures(session, [...structures.keys()]);
  const [changed] = [...structures].filter(([place, structure]) => now.get(place) !== structure);
  if (!changed) return;
  const [{ name }] = changed;
  throw problem('server_failed', `${restructured(name)}: nothing was swapped in.`, {
    hint: 'What was loaded stays there. Look at the new plan, then promote again.',
    at: { table: name },
  });
}

/** The same under the lock; `says` tells of a table that was changed. */
export const structureGuards = (
  structures: Structures,
  says: (table: string) => string = restructured,
): Guard[] =>
  [...structures].map(([place, structure]) => ({
    fails: sql`${structureOf(place)} is distinct from ${structure}`,
    says: says(place.name),
    reads: false,
  }));

const restructured = (table: string) => `${whatChanged(table)} while it was promoted`;

/** Told of a table that is not as it was, whatever its rows are. */
export const whatChanged = (table: string) =>
  `The columns, keys, rights or views of ${table} were changed on the target`;
