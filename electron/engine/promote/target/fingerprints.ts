import { createHash } from 'node:crypto';
import type { Drift } from '../../../../shared/contract/promote.ts';
import type { PromotedObject } from '../objects/objects.ts';
import type { TargetState } from './target-state.ts';

/** Names source and target as they are now; a plan fits as long as it does not change. */
export function fingerprintOf(
  server: string,
  objects: readonly PromotedObject[],
  state: TargetState,
  drift: readonly Drift[],
): string {
  const there = [...state.existing].map(([key, { oid, rows, columns, definition }]) => ({
    ...{ key, oid, rows, columns },
    ...(definition === null ? {} : { definition }),
  }));
  return digestOf({ server, here: sourceOf(objects), there, drift: drift.map((one) => one.state) });
}

/** Names what is sent and what it becomes: what was loaded of it can be gone on with. */
export const sourceFingerprint = (objects: readonly PromotedObject[], state: TargetState): string =>
  digestOf({ here: sourceOf(objects), there: [...state.existing.values()].map(({ carried }) => carried) });

/** What of an object decides over what it becomes there. */
const sent = [
  'kind',
  'form',
  'schema',
  'to',
  'name',
  'columns',
  'rows',
  'version',
  'mode',
  'by',
  'hidden',
  'indexes',
  'newKeys',
  'ownIndexes',
  'refers',
  'partition',
] as const satisfies readonly (keyof PromotedObject)[];

const sourceOf = (objects: readonly PromotedObject[]) =>
  objects.map((object) => ({
    ...Object.fromEntries(sent.map((name) => [name, object[name] ?? null])),
    made: object.made?.by ?? null,
  }));

const digestOf = (what: unknown) =>
  createHash('sha256').update(JSON.stringify(what)).digest('hex').slice(0, 24);
