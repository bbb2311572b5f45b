import { named } from '../../../../shared/by-name.ts';
import type { AppendedAgain, Drift, Plan, RowCounts } from '../../../../shared/contract/promote.ts';
import { type Target, tableSettingWords } from '../../../../shared/contract/workspace.ts';
import { problem } from '../../../../shared/problem.ts';
import { sql } from '../../../../shared/sql.ts';
import type { Context } from '../../context.ts';
import type { Promotion } from '../apply.ts';
import { targetOf } from '../connection/connect.ts';
import { readStructures, type Structures } from '../load/restructured-meanwhile.ts';
import { needsVector } from '../load/swap.ts';
import { promotedMeanwhile, type Watched, watch } from '../load/written-meanwhile.ts';
import { withNewKeys } from '../objects/keys-of-rules.ts';
import { refuseRepeatedThere, withKeys } from '../objects/merge-keys.ts';
import { standingRows } from '../objects/mode.ts';
import { makes, type PromotedObject } from '../objects/objects.ts';
import { withPartitions } from '../objects/partition.ts';
import { undecidedOf } from '../objects/private-columns.ts';
import { withReferences } from '../objects/references-of-rules.ts';
import { driftOf, newestNotes } from '../target/drift.ts';
import type { Existing } from '../target/existing.ts';
import { isMade, type Noted, standing } from '../target/ledger.ts';
import { type PlainVersion, plainOf, plainVersions, withPlainThere } from '../target/plain-versions.ts';
import { keyOf, lookAtTarget, type TargetState } from '../target/target-state.ts';
import { asKey } from '../verify/checksums.ts';
import { sideHere, sideThere } from '../verify/evidence.ts';
import { appendedAgain } from './appended-again.ts';
import { driftByRows } from './drift-by-rows.ts';
import { gatesOf } from './gates.ts';
import { type Misspelt, planOf } from './plan.ts';
import { refuseImpossible } from './refuse-plan.ts';
import { countRows } from './row-counts.ts';

/** The plan, with the target as it was when it was made and without what stays here. */
export interface Planning {
  readonly promotion: Promotion;
  readonly state: TargetState;
  readonly plan: Plan;
  readonly watched: Watched;
  readonly structures: Structures;
  /** Refuses where more would be undone of what people did there than this plan says. */
  readonly refuseUnseen: (promotion: Promotion) => Promise<void>;
  readonly plain: readonly PlainVersion[];
}

/** Plans a promotion; changes nothing on either side, and estimates nothing. */
export async function planPromotion(
  context: Context,
  whole: Promotion,
  target: string,
  withoutVectors: boolean,
): Promise<Planning> {
  const before = await readStructures(whole.session, whole.objects);
  const state = await lookAtTarget(whole.session, whole.objects);
  const leftOut = stayingHere(whole.objects, state, withoutVectors);
  const going = whole.objects.filter((object) => !leftOut.includes(object));
  const structures = new Map([...before].filter(([place]) => going.some((object) => object === place)));
  const merged = await withKeys(whole.database, going, state);
  const { kind } = await targetOf(context, target);
  const divided = await withPartitions(whole, await withNewKeys(whole, merged, state), state);
  // Tables of a folder are imported anew, one without the other.
  const referring = kind === 'workspace' ? divided : await withReferences(whole, divided, state);
  const plain = await plainVersions(whole, referring, state);
  const objects = withPlainThere(referring, plain);
  const promotion = { ...whole, objects };
  refuseImpossible(objects, state);
  await refuseRepeatedThere(whole.session, objects, state);
  const notes = newestNotes(await standing(whole.session));
  const unknown = objects.filter(
    (one) => one.mode === 'replace' || (isMerged(one) && !notes.has(keyOf(one))),
  );
  const watched = await watch(whole.session, unknown, state);
  const drift = await driftsOf(promotion, state, notes);
  const counts = await countsOf(promotion, state);
  const plan = planOf({
    ...{ target, server: whole.session.server, objects, leftOut, state, drift },
    misspelt: await misspeltSettings(context, target),
    undecided: undecidedOf(objects),
    plain: plainOf(plain),
    gates: await gatesOf(context, promotion),
    counts,
    again: await againOf(promotion, state, counts, await targetOf(context, target)),
  });
  const refuseUnseen = async (now: Promotion) =>
    refuseOthers(drift, await driftsOf({ ...now, objects: objects.filter(isMerged) }, state, notes));
  return { promotion, state, plan, watched, structures, refuseUnseen, plain };
}

/** What assay.yaml says of how tables go that is of no table here, or in words that are none: misspelt, or gone. */
async function misspeltSettings(context: Context, target: string): Promise<readonly Misspelt[]> {
  const { tables = {}, kind } = await targetOf(context, target);
  const rows = await context.database.query<{ name: string }>(sql`select name from assay.tables`);
  const known = new Set(rows.map(({ name }) => name));
  return Object.entries(tables).flatMap(([table, settings]): readonly Misspelt[] => {
    const words = Object.keys(settings).filter((word) => !tableSettingWords.includes(word));
    if (!known.has(table)) return [{ table, says: noSuchTable }];
    const whole =
      kind === 'workspace' && settings.partition !== undefined ? [{ table, says: inOnePiece }] : [];
    return [...words.map((word) => ({ table, says: unknownWord(word) })), ...whole];
  });
}

const noSuchTable =
  'There is no such table here, but assay.yaml says how it goes: is its name written right?';
const inOnePiece = 'In one piece: partitions are made on servers, not in a folder.';
const unknownWord = (word: string) =>
  `assay.yaml says "${word}" of how it goes, which is not known: is the word written right?`;

/** What cannot go, by itself or because the target cannot hold vectors, and what is made of it. */
export function stayingHere(
  objects: readonly PromotedObject[],
  { vector }: Pick<TargetState, 'vector'>,
  withoutVectors: boolean,
): readonly PromotedObject[] {
  const without = withoutVectors && vector === 'missing';
  const left = new Set(objects.filter((one) => one.stays !== undefined || (without && needsVector([one]))));
  for (const one of left) for (const other of objects) if (makes(one, other)) left.add(other);
  return [...left];
}

const isMerged = ({ mode }: PromotedObject) => mode === 'merge' || mode === 'scd2';

/** Only what would be lost: where rows stay, those of others stay too, and what is appended takes no row's place. */
async function driftsOf(
  promotion: Promotion,
  state: TargetState,
  notes: ReadonlyMap<string, Noted>,
): Promise<readonly Drift[]> {
  const found: Drift[] = [];
  for (const object of promotion.objects) {
    const noted = notes.get(keyOf(object));
    if (!noted || !state.existing.has(keyOf(object)) || object.mode === 'append') continue;
    const drift = isMerged(object)
      ? await driftByRows(promotion, object, noted)
      : await driftOf(promotion.session, noted);
    if (drift) found.push(drift);
  }
  return found;
}

/** What comes later than this is found under the lock. */
function refuseOthers(seen: readonly Drift[], now: readonly Drift[]): void {
  const unseen = now.find(
    ({ table, state }) => !seen.some((one) => one.table === table && one.state === state),
  );
  if (!unseen) return;
  throw problem('server_failed', `${promotedMeanwhile(unseen.table)}: nothing was swapped in.`, {
    hint: 'What was loaded stays there. Look at the new plan, then promote again.',
    at: { table: unseen.table },
  });
}

async function countsOf(
  promotion: Promotion,
  state: TargetState,
): Promise<ReadonlyMap<string, RowCounts | null>> {
  const counts = new Map<string, RowCounts | null>();
  for (const object of promotion.objects) {
    const existing = state.existing.get(keyOf(object));
    if (existing && !isMade(object)) counts.set(keyOf(object), await countsOne(promotion, object, existing));
  }
  return counts;
}

async function againOf(
  promotion: Promotion,
  state: TargetState,
  counts: ReadonlyMap<string, RowCounts | null>,
  { tables }: Target,
): Promise<ReadonlyMap<string, AppendedAgain>> {
  const found = new Map<string, AppendedAgain>();
  for (const object of promotion.objects.filter(({ mode, form }) => mode === 'append' && form === 'table')) {
    const existing = state.existing.get(keyOf(object));
    const { key } = named(tables, object.source) ?? {};
    const known = counts.get(keyOf(object)) ?? null;
    const again = existing && (await appendedAgain(promotion, object, existing, known, key));
    if (again) found.set(keyOf(object), again);
  }
  return found;
}

/** By the primary key there; what is appended is told from what is there by all its values. Tables of other columns have no rows that could be the same. */
function countsOne(
  { database, session, signal, progress }: Promotion,
  object: PromotedObject,
  { carried }: Existing,
): Promise<RowCounts | null> | null {
  const plain = (object.plainThere ?? []).map(({ name }) => name);
  const columns = object.columns.filter(({ name }) => !plain.includes(name));
  const same = columns.every(({ name, type }) =>
    carried.columns.some((column) => column.name === name && column.type === type),
  );
  if (!same || object.by.some((name) => plain.includes(name))) return null;
  progress({ title: `Counting what changes in ${object.name}`, done: 0, total: 1, unit: 'tables' });
  const primary = carried.constraints.find(({ kind }) => kind === 'p')?.columns ?? [];
  const by = object.mode === 'replace' ? primary : object.mode === 'append' ? [] : object.by;
  const key = object.columns.filter(({ name }) => by.includes(name)).map(asKey);
  return countRows(
    sideHere(database, object, signal),
    sideThere(session, standingRows(object)),
    columns,
    key,
  );
}
