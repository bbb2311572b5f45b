import { isDeepStrictEqual } from 'node:util';
import type { Pipeline } from '../../../shared/contract/pipelines.ts';
import { parseRef } from '../../../shared/pipeline-graph.ts';
import { problem } from '../../../shared/problem.ts';
import { ident, sql, typeName } from '../../../shared/sql.ts';
import type { Session } from '../database/database.ts';
import { differenceOf, type Freshness } from './freshness.ts';
import { type Growing, growingSteps } from './growing.ts';
import type { ReadableTable } from './known-tables.ts';
import type { Watermark } from './step-states.ts';

/** How a pipeline with such steps runs: only new rows are read and added, or all anew, and why. */
export type Increments =
  | { readonly read: 'new'; readonly after: ReadonlyMap<string, Newer> }
  | { readonly read: 'all'; readonly because: string };

/** The rows of a table that are new, with how many they are. */
export interface Newer {
  readonly table: ReadableTable;
  readonly says: string;
}

/**
 * Decides whether reading only new rows gives what reading all would: nothing but those tables may have changed since,
 * and in those no row up to the watermark may have come or gone. Undefined where no step reads only what is new.
 */
export async function planIncrements(
  session: Session,
  pipeline: Pipeline,
  tables: ReadonlyMap<string, ReadableTable>,
  freshness: ReadonlyMap<string, Freshness>,
  {
    to,
    from,
    full,
  }: { readonly to?: string | undefined; readonly from?: string | undefined; readonly full: boolean },
): Promise<Increments | undefined> {
  const growing = growingSteps(pipeline);
  if (growing.length === 0) return undefined;
  if (to !== undefined || from !== undefined) {
    throw problem('bad_input', `"${pipeline.name}" reads only rows that are new, so it runs as a whole.`, {
      hint: 'Run all of it, or let its source read all rows.',
    });
  }
  const because = full ? 'a full run was asked for' : otherChange(pipeline, tables, freshness, growing);
  if (because !== undefined) return { read: 'all', because };
  const after = new Map<string, Newer>();
  for (const one of growing) {
    const mark = freshness.get(one.step)?.state?.watermark;
    const table = tables.get(one.table);
    const newer = mark && table && (await newerRows(session, table, mark));
    if (!newer)
      return { read: 'all', because: `rows of ${one.table} that were read before are not what they were` };
    after.set(one.step, newer);
  }
  return { read: 'new', after };
}

/** What changed beside the tables that grow; then rows that are there might have to be others. */
function otherChange(
  pipeline: Pipeline,
  tables: ReadonlyMap<string, ReadableTable>,
  freshness: ReadonlyMap<string, Freshness>,
  growing: readonly Growing[],
): string | undefined {
  for (const step of pipeline.steps) {
    const { key, state, why } = freshness.get(step.id) ?? {};
    if (!key || !state) return `${step.id}: ${why}`;
    const grows = growing.find((one) => one.step === step.id)?.table;
    const now = { ...key.from, reads: without(key.from.reads, grows) };
    const then = { ...state.from, reads: without(state.from.reads, grows) };
    const same = isDeepStrictEqual({ ...now, inputs: refsOf(now) }, { ...then, inputs: refsOf(then) });
    if (!same) return `${step.id}: ${differenceOf(step, now, then, { upstream: () => undefined })}`;
    if (now.asks !== null) return `${step.id}: ${why}`;
    if (state.table !== null && tables.get(state.table)?.mark !== state.mark)
      return `${step.id}: the table ${state.table} is not as it was written`;
  }
  return undefined;
}

const refsOf = ({ inputs }: { readonly inputs: readonly (readonly [string, string])[] }) =>
  inputs.map(([ref]) => parseRef(ref));

const without = (reads: Readonly<Record<string, string>>, table: string | undefined) =>
  Object.fromEntries(Object.entries(reads).filter(([name]) => name !== table));

async function newerRows(
  session: Session,
  table: ReadableTable,
  { column, value, rows }: Watermark,
): Promise<Newer | undefined> {
  const type = table.columns.find(({ name }) => name === column)?.type;
  if (type === undefined) return undefined;
  const isNew = sql`t.${ident(column)} > ${value}::text::${typeName(type)}`;
  const counts = await session.one<{ newer: number; others: number }>(sql`
    select count(*) filter (where ${isNew}) as newer, count(*) filter (where (${isNew}) is not true) as others
    from ${ident('public', table.name)} as t`);
  if (Number(counts.others) !== rows) return undefined;
  const newer = Number(counts.newer);
  // OFFSET keeps conditions of later steps, and what is counted in them, to the new rows.
  const at = sql`(select t.* from ${ident('public', table.name)} as t where ${isNew} offset 0)`;
  return {
    table: { ...table, at, rows: newer },
    says: `only its ${newer} new ${newer === 1 ? 'row' : 'rows'} after ${column} ${value} are read`,
  };
}

/** How far a step has read its table, to be noted when its rows are in place. */
export async function watermarkOf(session: Session, { table, column }: Growing): Promise<Watermark | null> {
  const { value, rows } = await session.one<{ value: string | null; rows: number }>(sql`
    select max(t.${ident(column)})::text as value, count(*) as rows from ${ident('public', table)} as t`);
  return value === null ? null : { column, value, rows: Number(rows) };
}
