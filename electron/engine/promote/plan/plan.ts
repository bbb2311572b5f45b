import { againInWords } from '../../../../shared/appended-words.ts';
import type {
  AppendedAgain,
  Drift,
  Plan,
  PlannedChange,
  RowCounts,
} from '../../../../shared/contract/promote.ts';
import type { PromotionMode } from '../../../../shared/contract/workspace.ts';
import { count, counted } from '../../../../shared/number-words.ts';
import { needsVector } from '../load/swap.ts';
import { pgvectorFor } from '../objects/collection-keys.ts';
import { wordsOfKeys } from '../objects/keys-of-rules.ts';
import { columnsOnTarget } from '../objects/mode.ts';
import { makes, type PromotedObject } from '../objects/objects.ts';
import { wordsOfPartition } from '../objects/partition.ts';
import { wordsOfReferences } from '../objects/references-of-rules.ts';
import { wordsOfIndexes } from '../objects/table-indexes.ts';
import { fingerprintOf } from '../target/fingerprints.ts';
import { isMade, kindThere } from '../target/ledger.ts';
import { keyOf, shownName, type TargetState } from '../target/target-state.ts';
import { columnsInWords, maskedInWords } from './column-words.ts';
import { followers } from './followers.ts';
import { planAsSql } from './plan-sql.ts';

/** What the settings of a target say of a table and is not heeded, with the reason. */
export interface Misspelt {
  readonly table: string;
  readonly says: string;
}

/** What a plan is made of. */
export interface Planned {
  readonly target: string;
  readonly server: string;
  readonly objects: readonly PromotedObject[];
  /** Left out because the target cannot hold vectors. */
  readonly leftOut: readonly PromotedObject[];
  readonly state: TargetState;
  readonly misspelt: readonly Misspelt[];
  readonly gates: Plan['gates'];
  readonly drift: readonly Drift[];
  readonly undecided: Plan['undecided'];
  readonly plain: Plan['plain'];
  readonly counts: ReadonlyMap<string, RowCounts | null>;
  readonly again: ReadonlyMap<string, AppendedAgain>;
}

/** What a promotion of these objects would do, in words and as SQL. */
export function planOf(planned: Planned): Plan {
  const { target, server, objects, leftOut, state, misspelt, gates, drift, undecided, plain, counts, again } =
    planned;
  return {
    target,
    server,
    changes: [
      ...extensionChange(objects, state),
      ...schemaChanges(objects, state),
      ...objects.map((object) =>
        change(object, state, counts.get(keyOf(object)) ?? null, again.get(keyOf(object))),
      ),
      ...leftOut.map((object) => keptBack(object, leftOut)),
      ...misspelt.map(notHeeded),
    ],
    gates,
    drift,
    undecided,
    plain,
    estimate: null,
    sql: planAsSql(objects, state),
    fingerprint: fingerprintOf(server, objects, state, drift),
  };
}

const nothingLost = { destructive: false, bytes: 0, counts: null, lost: [] } as const;

function extensionChange(objects: readonly PromotedObject[], state: TargetState): PlannedChange[] {
  if (!needsVector(objects) || state.vector !== 'available') return [];
  const says = 'pgvector is created: the server has it, this database not yet.';
  return [{ object: 'vector', kind: 'extension', action: 'create', rows: 0, says, ...nothingLost }];
}

function schemaChanges(objects: readonly PromotedObject[], state: TargetState): PlannedChange[] {
  const missing = [...new Set(objects.map(({ to }) => to))].filter(
    (schema) => !state.schemas.includes(schema),
  );
  const says = 'Created: it is not there yet.';
  return missing.map((object) => ({
    object,
    kind: 'schema',
    action: 'create',
    rows: 0,
    says,
    ...nothingLost,
  }));
}

const notHeeded = ({ table: object, says }: Misspelt): PlannedChange => ({
  ...{ object, kind: 'table', action: 'keep', rows: 0, says },
  ...nothingLost,
});

function keptBack(object: PromotedObject, leftOut: readonly PromotedObject[]): PlannedChange {
  const read = leftOut.find((one) => makes(one, object));
  const why =
    object.stays ??
    (needsVector([object]) || !read
      ? 'the target has no pgvector, which it needs'
      : `it reads ${read.name}, which stays here`);
  const says = `Stays here: ${why}.`;
  return {
    object: shownName(object),
    kind: kindThere(object),
    action: 'keep',
    rows: 0,
    says,
    ...nothingLost,
  };
}

function change(
  object: PromotedObject,
  state: TargetState,
  counts: RowCounts | null,
  again: AppendedAgain | undefined,
): PlannedChange {
  const existing = state.existing.get(keyOf(object));
  const { rows, bytes, mode } = object;
  const base = { object: shownName(object), kind: kindThere(object), rows, bytes };
  if (!existing) {
    const says = `Created with ${counted(rows, 'row')} and ${counted(columnsOnTarget(object).length, 'column')}.${wayOf(object)}${wordsOfKeys(object)}${wordsOfReferences(object)}${indexesOf(object, state)}${wordsOfIndexes(object, state)}${wordsOfPartition(object)}`;
    return { ...nothingLost, ...base, action: 'create', says };
  }
  const { lost } = existing;
  if (isMade(object)) {
    const gone = lost.length > 0 ? ` It loses ${lost.join(', ')}.` : '';
    const says = `Made anew over the new tables.${wayOf(object)}${gone}`;
    return { ...base, action: 'replace', says, destructive: lost.length > 0, counts: null, lost };
  }
  return {
    ...base,
    action: mode,
    destructive:
      goneBy(mode, existing.rows, counts) > 0 || lost.length > 0 || (object.plainThere ?? []).length > 0,
    counts,
    ...(again ? { again } : {}),
    lost,
    says: [
      `${meets[mode](existing.rows, rows)}${wayOf(object)}${wordsOfPartition(object)}`,
      ...(counts ? [inWords(mode, counts)] : []),
      ...(again ? [againInWords(again)] : []),
      ...maskedInWords(object, existing.rows, counts),
      ...columnsInWords(object, existing),
      ...followers(existing),
      ...(lost.length > 0 ? [`Not carried over from the old table: ${lost.join(', ')}.`] : []),
    ].join(' '),
  };
}

const wayOf = ({ made }: PromotedObject) =>
  made ? ` Made there by ${made.by}; none of its rows are sent.` : '';

const meets: Readonly<Record<PromotionMode, (there: number, here: number) => string>> = {
  replace: (there, here) =>
    `${counted(there, 'row')} there replaced by ${count(here)}, and kept for Roll back.`,
  append: (there) => `What is not there yet is added to the ${counted(there, 'row')} there.`,
  merge: (there) => `Merged by key into the ${counted(there, 'row')} there; rows that are only there stay.`,
  scd2: (there) =>
    `A version of each row that is new or changed is added to the ${counted(there, 'row')} there; what was current until now ends.`,
};

/** A collection's own indexes, and those that an older pgvector cannot make. */
function indexesOf({ indexes }: PromotedObject, state: TargetState): string {
  const lacks = indexes.map((index) => pgvectorFor(index, state)).filter((version) => version !== undefined);
  const made = indexes.length - lacks.length;
  return [
    made > 0 ? ` With ${counted(made, 'index', 'indexes')}.` : '',
    ...lacks.map((version) => ` Its vector index stays here: that needs pgvector ${version} or newer there.`),
  ].join('');
}

/** How many rows of the target would be there no more; the old versions in a history are. */
function goneBy(mode: PromotionMode, there: number, counts: RowCounts | null): number {
  if (mode === 'append' || mode === 'scd2') return 0;
  if (counts === null) return there;
  return mode === 'merge' ? counts.changed : counts.changed + counts.removed;
}

/** What becomes of rows that are only there. */
const onlyThere = { replace: 'removed', append: 'only there', merge: 'only there', scd2: 'ended' } as const;

function inWords(mode: PromotionMode, { by, added, changed, removed, same }: RowCounts): string {
  const how = by.length > 0 ? `By ${by.join(', ')}: ` : 'By all values: ';
  const parts = [
    `${count(added)} new`,
    ...(by.length > 0 ? [`${count(changed)} changed`] : []),
    `${count(removed)} ${onlyThere[mode]}`,
    `${count(same)} the same`,
  ];
  return `${how}${parts.join(', ')}.`;
}
