import type { Column } from '../../../../shared/column.ts';
import type { PromotedTable } from '../../../../shared/contract/promote.ts';
import { problem } from '../../../../shared/problem.ts';
import { ident, join, names, type Sql, sql } from '../../../../shared/sql.ts';
import type { Promotion } from '../apply.ts';
import type { TargetSession } from '../connection/target-session.ts';
import { indexMemory } from '../objects/collection-keys.ts';
import { columnsOnTarget, historyColumns } from '../objects/mode.ts';
import { inMakingOrder, mixedBelow, type PromotedObject } from '../objects/objects.ts';
import { notesSchema, reachedIn, stagingSchema } from '../target/ledger.ts';
import { lookAtRows, type Seen } from '../target/rows-since.ts';
import { keyOf, type Place, type TargetState } from '../target/target-state.ts';
import { transactionsOf, type WrittenBy } from '../target/written-by.ts';
import {
  addedUp,
  type ChecksumAnswer,
  type Checksums,
  checksumQuery,
  readChecksums,
  rowHash,
} from '../verify/checksums.ts';
import { makeMasks, rowsThere } from './masks-there.ts';
import { partitionsOf } from './partitions.ts';
import { keysOf } from './swap.ts';
import type { Watched } from './written-meanwhile.ts';

/** What a table became, and what must still be as it was when it is swapped in: else what came meanwhile would be lost. */
export interface Blended {
  readonly evidence: readonly PromotedTable[];
  readonly joined: Watched;
  /** How the rows of tables that are merged can be told from those that come later. */
  readonly written: ReadonlyMap<PromotedObject, WrittenBy>;
}

/**
 * Gives what was loaded, and found to be what is here, the rows of the old table that stay: in staging, so that the swap,
 * the way back and everything that is carried over are those of a table that is replaced. What comes of it is proven
 * by sums: what is here and what stays, together.
 */
export async function blend(
  { session, objects, progress }: Promotion,
  state: TargetState,
  staging: string,
  evidence: readonly PromotedTable[],
): Promise<Blended> {
  const joined = new Map<Place, Seen>();
  const blended: PromotedTable[] = [];
  const written = new Map<PromotedObject, WrittenBy>();
  for (const [at, object] of objects.entries()) {
    const table = evidence[at] as PromotedTable;
    if (object.mode === 'replace') {
      blended.push(table);
      continue;
    }
    progress({
      title: `Joining ${object.name} with what stays`,
      done: at,
      total: objects.length,
      unit: 'tables',
    });
    if (state.existing.has(keyOf(object))) joined.set(object, await lookAtRows(session, object));
    const { by, ...stood } = await blendOne(session, object, state, staging);
    if (by) written.set(object, by);
    blended.push({ ...table, mode: object.mode, ...stood });
  }
  await session.transaction(refreshed(objects, staging));
  return { evidence: blended, joined, written };
}

/** Materialized views were filled from what was loaded; rows that stay belong to them, too. */
const refreshed = (objects: readonly PromotedObject[], staging: string): Sql[] =>
  inMakingOrder(objects)
    .filter((object) => object.form === 'materialized view' && mixedBelow(object, objects).length > 0)
    .map((object) => sql`refresh materialized view ${ident(stagingSchema(staging, object), object.name)}`);

async function blendOne(session: TargetSession, object: PromotedObject, state: TargetState, staging: string) {
  const existing = state.existing.get(keyOf(object));
  const columns = columnsOnTarget(object);
  const table = ident(stagingSchema(staging, object), object.name);
  const sums = async (from: Sql, of: readonly Column[]) =>
    (await session.query<ChecksumAnswer>(checksumQuery(from, of, 'server')))[0] as ChecksumAnswer;
  const ours = await sums(table, object.columns);
  const sent = await transactionsOf(session, table);
  if (existing) await makeMasks(session, object, staging);
  const stays =
    existing && (await sums(sql`(${stayingRows(object, table, staging)}) as stays`, object.columns));
  await session.transaction([
    indexMemory(object),
    ...blending(object, state, staging),
    ...keysOf(object, state, staging),
    sql`update ${reachedIn(staging)} set keyed = true where object = ${keyOf(object)}`,
  ]);
  const whole = stays ? addedUp(ours, stays) : ours;
  if (!same(await sums(table, object.columns), whole)) refuseBlend(object);
  if (object.mode === 'scd2') {
    const current = sql`(select * from ${table} where is_current) as current`;
    if (!same(await sums(current, object.columns), ours)) refuseBlend(object);
  }
  const stands = readChecksums(columns, await sums(table, columns));
  const by = await writtenIn(session, object, table, { sent, rows: Number(ours.rows), stands });
  return { stands, by, ...maskedThere(object, Number(stays?.rows ?? 0)) };
}

/** A history is made anew as a whole; what is appended takes no row's place. */
async function writtenIn(
  session: TargetSession,
  { mode }: PromotedObject,
  table: Sql,
  {
    sent,
    rows,
    stands,
  }: { readonly sent: readonly string[]; readonly rows: number; readonly stands: Checksums },
): Promise<WrittenBy | undefined> {
  if (mode === 'append') return undefined;
  const all = await transactionsOf(session, table);
  if (mode === 'scd2') return { ours: all, rows: stands.rows, stayed: [] };
  return { ours: sent, rows, stayed: all.filter((by) => !sent.includes(by)) };
}

const maskedThere = ({ plainThere = [] }: PromotedObject, rows: number) =>
  plainThere.length > 0 && rows > 0
    ? { maskedThere: { rows, columns: plainThere.map(({ name }) => name) } }
    : {};

const same = (one: ChecksumAnswer, other: ChecksumAnswer) => JSON.stringify(one) === JSON.stringify(other);

function refuseBlend({ name }: PromotedObject): never {
  throw problem(
    'server_failed',
    `${name} and what stays of it do not add up there, so nothing was swapped in.`,
    {
      hint: 'Somebody may have changed it on the target meanwhile: promote again.',
      at: { table: name },
    },
  );
}

/** The statements that put the rows that stay beside those that were loaded. */
export function blending(object: PromotedObject, state: TargetState, staging: string): Sql[] {
  const schema = stagingSchema(staging, object);
  const table = ident(schema, object.name);
  const list = names(object.columns.map(({ name }) => name));
  if (object.mode === 'scd2') return versions(object, state, staging);
  if (!state.existing.has(keyOf(object))) return [];
  return [sql`insert into ${table} (${list}) ${stayingRows(object, table, staging)}`];
}

/** The rows of the old table that are not among those that were loaded; of a history, all but the current ones that are. */
function stayingRows(object: PromotedObject, ours: Sql, staging: string): Sql {
  const { mode, columns, by } = object;
  const old = rowsThere(object, staging);
  const list = names(columns.map((column) => column.name));
  if (mode === 'merge') {
    const equal = join(
      by.map((key) => sql`ours.${ident(key)} = old.${ident(key)}`),
      sql` and `,
    );
    return sql`select ${list} from ${old} as old where not exists (select from ${ours} as ours where ${equal})`;
  }
  const hash = rowHash(columns);
  if (mode === 'scd2')
    return sql`select ${list} from ${old} as old where not (is_current and ${hash} in (select ${hash} from ${ours}))`;
  return sql`select ${list} from (
    select *, ${hash} as " hash", row_number() over (partition by ${hash}) as " copy" from ${old} as there) as old
    left join (select ${hash} as " ours", count(*) as " copies" from ${ours} group by 1) as ours on " ours" = " hash"
    where " copy" > coalesce(" copies", 0)`;
}

/** A history made anew: current rows keep their beginning where they did not change, all others end or have ended. */
function versions(object: PromotedObject, state: TargetState, staging: string): Sql[] {
  const existing = state.existing.has(keyOf(object));
  const schema = stagingSchema(staging, object);
  const { name, columns } = object;
  const table = ident(schema, name);
  const loaded = ident(notesSchema(staging), name);
  const list = names(columns.map((column) => column.name));
  const all = names(columnsOnTarget(object).map((column) => column.name));
  const hash = rowHash(columns);
  const there = rowsThere(object, staging);
  const old = existing ? versionsBefore(object, there, table, loaded) : [];
  return [
    sql`alter table ${table} set schema ${ident(notesSchema(staging))}`,
    ...partitionsOf({ ...object, columns: [...columns, ...historyColumns] }, state, staging),
    existing
      ? sql`insert into ${table} (${all}) select ${list}, coalesce(" since", now()), null, true from (select *, ${hash} as " hash" from ${loaded}) as n
        left join (select ${hash} as " old", valid_from as " since" from ${there} as there where is_current) as o on " old" = " hash"`
      : sql`insert into ${table} (${all}) select ${list}, now(), null, true from ${loaded}`,
    ...old,
    sql`drop table ${loaded}`,
  ];
}

const versionsBefore = ({ columns }: PromotedObject, there: Sql, table: Sql, loaded: Sql): Sql[] => {
  const list = names(columns.map((column) => column.name));
  const hash = rowHash(columns);
  return [
    sql`insert into ${table} (${list}, valid_from, valid_to, is_current)
      select ${list}, valid_from, coalesce(valid_to, now()), false from ${there} as there
      where not (is_current and ${hash} in (select ${hash} from ${loaded}))`,
  ];
};
