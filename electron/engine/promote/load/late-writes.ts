import type { Receipt } from '../../../../shared/contract/promote.ts';
import type { TargetSession } from '../connection/target-session.ts';
import type { PromotedObject } from '../objects/objects.ts';
import { keptSchema } from '../target/ledger.ts';
import { keyOf, type TargetState } from '../target/target-state.ts';
import { isWritten, quicklyRead, type Watched } from './written-meanwhile.ts';

/**
 * Looks once more at tables that were too large for it while everybody waited: what was written between the last look and
 * the lock is in what was replaced. In words, for the receipt; nothing is lost, and nothing goes untold.
 */
export async function writtenLast(
  session: TargetSession,
  objects: readonly PromotedObject[],
  watched: Watched,
  state: TargetState,
  { id }: Pick<Receipt, 'id'>,
  doomed: ReadonlySet<string>,
): Promise<readonly string[]> {
  const notes: string[] = [];
  const quick = quicklyRead(watched.keys(), state, doomed);
  for (const object of objects) {
    const seen = watched.get(object);
    const to = keptSchema(id, object);
    if (!seen || quick.has(object) || !state.existing.has(keyOf(object))) continue;
    if (await isWritten(session, { to, name: object.name }, seen)) notes.push(told(object.name, to));
  }
  return notes;
}

const told = (table: string, schema: string) =>
  `${table} was written to in the last moment before it was swapped: those rows are in ${schema}.${table}, which Roll back brings back, and not in the new one.`;
