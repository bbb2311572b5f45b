import { isDeepStrictEqual } from 'node:util';
import { rowColumn } from '../../../../shared/column.ts';
import type { Pipeline } from '../../../../shared/contract/pipelines.ts';
import { parseRef } from '../../../../shared/pipeline-graph.ts';
import { problem } from '../../../../shared/problem.ts';
import { ident, join, nothing, type Sql, sql, typeName } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';
import { acrossRows } from '../plan/across-rows.ts';
import { type Growing, growingSteps } from '../plan/growing.ts';
import type { ReadableTable, Watermark } from '../plan/known-tables.ts';
import { orderedSteps } from '../plan/ordered-steps.ts';
import { differenceOf, type Freshness } from './freshness.ts';

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
 * and in those no row up to the watermark may have come, gone or become another. Undefined where no step reads only what is new.
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
  const because = full
    ? 'a full run was asked for'
    : (otherChange(pipeline, tables, freshness, growing) ?? acrossRows(pipeline, growing));
  if (because !== undefined) return { read: 'all', because };
  const after = new Map<string, Newer>();
  const ordered = orderedSteps(pipeline);
  for (const one of growing) {
    const mark = freshness.get(one.step)?.state?.watermark;
    const table = tables.get(one.table);
    const newer = mark && table && (await newerRows(session, table, mark, ordered.has(one.step)));
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

interface Counts {
  readonly newer: number;
  readonly others: number;
  readonly value: string | null;
  /** Of the rows that were read before, and of all. */
  readonly before: string;
  readonly content: string;
}

async function newerRows(
  session: Session,
  table: ReadableTable,
  { column, value, rows, content }: Watermark,
  inOrder: boolean,
): Promise<Newer | undefined> {
  const type = table.columns.find(({ name }) => name === column)?.type;
  if (type === undefined) return undefined;
  const isNew = sql`t.${ident(column)} > ${value}::text::${typeName(type)}`;
  const [fresh, old] = [sql`filter (where ${isNew})`, sql`filter (where (${isNew}) is not true)`];
  const counts = await session.one<Counts>(sql`
    select count(*) ${fresh} as newer, count(*) ${old} as others, (max(t.${ident(column)}) ${fresh})::text as value,
      ${contentOf(table, inOrder, old)}::text as before, (${contentOf(table, inOrder, fresh)} + ${contentOf(table, inOrder, old)})::text as content
    from ${ident('public', table.name)} as t`);
  if (Number(counts.others) !== rows || counts.before !== content) return undefined;
  const newer = Number(counts.newer);
  const next = { column, value: counts.value ?? value, rows: rows + newer, content: counts.content };
  // OFFSET keeps conditions of later steps, and what is counted in them, to the new rows.
  const at = sql`(select t.* from ${ident('public', table.name)} as t where ${isNew} offset 0)`;
  return {
    table: { ...table, at, rows: newer, next },
    says: `only its ${newer} new ${newer === 1 ? 'row' : 'rows'} after ${column} ${value} ${newer === 1 ? 'is' : 'are'} read`,
  };
}

/**
 * A sum over the values of rows and what they are called, which tells whether any is another: much quicker than to write
 * them as text. Where their order counts, so do their places.
 */
function contentOf({ columns, addressed }: ReadableTable, inOrder: boolean, filter: Sql): Sql {
  const place = inOrder && addressed ? [sql`t.${ident(rowColumn)}`] : [];
  const cells = columns.map(({ name, type }) =>
    hashed.test(type) ? sql`t.${ident(name)}` : sql`t.${ident(name)}::text`,
  );
  const named = columns.map(({ name, type }) => `${name} ${type}`).join();
  return sql`coalesce(sum(hash_record_extended(row(${join([sql`${named}::text`, ...cells, ...place])}), 0)) ${filter}, 0)`;
}

/** Types whose values PostgreSQL hashes as they are; 1.0 and 1.00 have one hash, where a column may hold both. */
const hashed =
  /^(smallint|integer|bigint|numeric\(|real|double precision|text|character|boolean|date|time|timestamp|uuid)(?<=\(|\b)[^[]*$/;

/** How far a step has read its table, to be noted when its rows are in place. */
export async function watermarkOf(
  session: Session,
  table: ReadableTable,
  column: string,
  inOrder: boolean,
): Promise<Watermark | null> {
  const { value, rows, content } = await session.one<{ value: string | null; rows: number; content: string }>(
    sql`select max(t.${ident(column)})::text as value, count(*) as rows, ${contentOf(table, inOrder, nothing)}::text as content
    from ${ident('public', table.name)} as t`,
  );
  return value === null ? null : { column, value, rows: Number(rows), content };
}
