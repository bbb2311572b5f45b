import type { Drift, Receipt } from '../../../../shared/contract/promote.ts';
import { problem } from '../../../../shared/problem.ts';
import { ident, type Sql, sql } from '../../../../shared/sql.ts';
import type { TargetSession } from '../connection/target-session.ts';
import {
  readStructures,
  type Structures,
  structureGuards,
  whatChanged,
} from '../load/restructured-meanwhile.ts';
import { type Guard, heldBy } from '../load/short-locks.ts';
import { undoneSchema, unswap } from '../load/unswap.ts';
import { quicklyRead, type Watched, watch, writtenGuards } from '../load/written-meanwhile.ts';
import { bare, type PromotedObject } from '../objects/objects.ts';
import { refuseUndoing } from '../plan/refuse-plan.ts';
import { driftOf, newestNotes, structureDrift } from '../target/drift.ts';
import { keptSchema, type Noted, noteUndone, standing } from '../target/ledger.ts';
import { keyOf, lookAtTarget, type Place, shownName, type TargetState } from '../target/target-state.ts';

/** What has to be done to undo a promotion, and what to say about it. */
export interface Undoing {
  readonly notes: readonly string[];
  /** What everybody else has to wait for meanwhile. */
  readonly tables: readonly Place[];
  /** Whether they are still what was looked at. */
  readonly guards: readonly Guard[];
  /** `receipt` says that it is undone. */
  statements(receipt: Receipt): readonly Sql[];
  /** What was put aside only because it was too large to look at while others wait. */
  readonly unsure: readonly PutAside[];
}

/** A table that is kept although its promotion was undone, and the note that says so. */
export interface PutAside {
  readonly noted: Noted;
  readonly note: string;
}

/**
 * Undoes exactly the promotion of this receipt; what another one has replaced since is not undone behind its back.
 * Tables that people changed on the target since are put aside rather than dropped.
 */
export async function planRollBack(session: TargetSession, last: Receipt): Promise<Undoing> {
  const { own, state, structures, seen, changed, retouched, unsure } = await lookBack(session, last);
  const large = unsure.map((noted) => ({
    noted,
    note: `${shownName(noted)} is large: it ${keptAs(last, noted)}.`,
  }));
  const aside = [...changed.keys(), ...unsure];
  const doomed = new Map([...seen].filter(([place]) => !aside.some((noted) => noted === place)));
  return {
    notes: [
      ...[...changed.keys()].map(
        (noted) => `${shownName(noted)} was changed on the target: it ${keptAs(last, noted)}.`,
      ),
      ...large.map(({ note }) => note),
      ...[...retouched.keys()].map(
        (noted) =>
          `What others changed of the rights, comments or indexes of ${shownName(noted)} went with it.`,
      ),
    ],
    tables: heldBy(own, state),
    guards: [
      ...structureGuards(structures, restructuredSince),
      ...writtenGuards(doomed, state, writtenSince),
    ],
    statements: (receipt) => [...unswap(own, state, last.id, aside), noteUndone(receipt)],
    unsure: large,
  };
}

/** What a promotion has made of the target, and what became of that since. */
export interface LookedBack {
  readonly own: readonly Noted[];
  readonly state: TargetState;
  readonly structures: Structures;
  readonly seen: Watched;
  readonly changed: ReadonlyMap<Noted, Drift>;
  /** Views of which others changed rights, comments or indexes since. */
  readonly retouched: ReadonlyMap<Noted, Drift>;
  /** Too large to be looked at once more while others wait: put aside first, and let go where nobody wrote to it. */
  readonly unsure: readonly Noted[];
}

/** Looks at all that the promotion of this receipt has made; refused where it is not what was promoted last. */
export async function lookBack(session: TargetSession, last: Receipt): Promise<LookedBack> {
  const notes = await standing(session);
  const own = notes.filter(({ promotion }) => promotion === last.id);
  if (own.length === 0)
    refuse(
      last.tables.map(({ table }) => table),
      replacedSince,
    );
  const newest = newestNotes(notes);
  refuse(own.filter((noted) => newest.get(keyOf(noted)) !== noted).map(shownName), replacedSince);
  const structures = await readStructures(session, own);
  const state = await lookAtTarget(session, own.map(asObject));
  refuse(
    own.filter((noted) => !state.existing.has(keyOf(noted))).map(shownName),
    'is not on the target any more',
  );
  refuse((await withoutKept(session, own)).map(shownName), 'has lost the table that it replaced');
  refuseUndoing(own, state);
  const seen = await watch(session, own, state);
  const changed = await changedOf(session, own);
  const quick = quicklyRead(seen.keys(), state);
  const unsure = own.filter((noted) => seen.has(noted) && !changed.has(noted) && !quick.has(noted));
  const retouched = await retouchedOf(
    session,
    own.filter((noted) => !changed.has(noted)),
  );
  return { own, state, structures, seen, changed, retouched, unsure };
}

const keptAs = (last: Receipt, noted: Noted) =>
  `is kept there as ${undoneSchema(last.id, noted)}.${noted.name}`;

const restructuredSince = (table: string) => `${whatChanged(table)} while it was rolled back`;
const writtenSince = (table: string) => `${table} was changed on the target while it was rolled back`;

/**
 * Lets go of what was put aside unlooked at and turns out to be as it was promoted: nobody writes to it there. `without`
 * is the receipt that does not tell of it any more.
 */
export async function letGoOfUnchanged(
  session: TargetSession,
  { id }: Receipt,
  { noted }: PutAside,
  without: Receipt,
): Promise<boolean> {
  const schema = undoneSchema(id, noted);
  if (await driftOf(session, { ...noted, to: schema })) return false;
  const [{ others = 0 } = {}] = await session.query<{ others: number }>(sql`
    select count(*)::int as others from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where n.nspname = ${schema} and c.relkind in ('r', 'p', 'v', 'm') and not c.relispartition and c.relname <> ${noted.name}`);
  await session.transaction([
    sql`drop table ${ident(schema, noted.name)}`,
    ...(others === 0 ? [sql`drop schema ${ident(schema)}`] : []),
    noteUndone(without),
  ]);
  return true;
}

const replacedSince = 'was promoted again since, or its promotion was rolled back already';

/** Nothing is sent: only where it stands counts, and that everything on it is seen. */
const asObject = (noted: Noted): PromotedObject => ({
  ...{
    kind: noted.kind === 'collection' ? 'collection' : 'table',
    form: noted.kind === 'collection' ? 'table' : noted.kind,
  },
  ...{ schema: noted.to, to: noted.to, name: noted.name, stays: undefined },
  ...{
    key: '',
    columns: [],
    rows: 0,
    bytes: 0,
    version: '',
    from: ident(noted.to, noted.name),
    source: noted.name,
  },
  ...bare,
  made: undefined,
});

async function withoutKept(session: TargetSession, own: readonly Noted[]): Promise<readonly Noted[]> {
  const gone: Noted[] = [];
  for (const noted of own.filter(({ replaced }) => replaced)) {
    const [there] = await session.query(sql`
      select 1 as found from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where n.nspname = ${keptSchema(noted.promotion, noted)} and c.relname = ${noted.name}`);
    if (!there) gone.push(noted);
  }
  return gone;
}

async function changedOf(session: TargetSession, own: readonly Noted[]): Promise<ReadonlyMap<Noted, Drift>> {
  const changed = new Map<Noted, Drift>();
  for (const noted of own) {
    const drift =
      (await driftOf(session, noted)) ?? (isView(noted) ? undefined : await structureDrift(session, noted));
    if (drift) changed.set(noted, drift);
  }
  return changed;
}

const isView = ({ kind }: Noted) => kind === 'view' || kind === 'materialized view';

/** Views hold nothing that could not be made again: what others changed beside what they show is told, and goes with them. */
async function retouchedOf(session: TargetSession, own: readonly Noted[]): Promise<LookedBack['retouched']> {
  const retouched = new Map<Noted, Drift>();
  for (const noted of own.filter(isView)) {
    const drift = await structureDrift(session, noted);
    if (drift) retouched.set(noted, drift);
  }
  return retouched;
}

function refuse(tables: readonly string[], why: string): void {
  const [first] = tables;
  if (first === undefined) return;
  throw problem(
    'bad_input',
    `The promotion cannot be rolled back: ${tables.join(', ')} ${why}. Nothing was changed.`,
    { hint: 'Only what was promoted last, and stands as it was, can be undone.', at: { table: first } },
  );
}
