import { ProblemError } from '../../../../shared/problem.ts';
import { ident, sql } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';
import type { MadeFrom } from '../incremental/step-keys.ts';
import { type ReadableTable, readableTables } from '../plan/known-tables.ts';
import type { Plan } from '../plan/plan.ts';
import { fault, writeProblems } from '../plan/step-problems.ts';
import { beginHistory, keepHistory } from './keep-history.ts';
import { keepLast } from './keep-last.ts';
import { mergeStage, refuseBadKeys } from './merge-stage.ts';
import type { Staged } from './staged.ts';

/** Puts staged tables in their places, with their records. Within a transaction of the caller. */
export async function swapTables(session: Session, plan: Plan, staged: readonly Staged[]): Promise<void> {
  const now = { ...plan, tables: await readableTables(session) };
  for (const made of staged) {
    const { step, table } = made;
    const [refused] = writeProblems(now, step, table);
    if (refused) throw new ProblemError(refused);
    const { rows, anew } = await bringIn(session, await keepLast(session, made), now.tables.get(table));
    await session.run(sql`
      insert into assay.tables as t (name, origin, source, row_count, replaced_version)
      values (${table}, 'pipeline', ${plan.pipeline.name}, ${rows}, 1)
      on conflict (name) do update set row_count = excluded.row_count, version = t.version + 1, updated_at = now(),
        replaced_version = case when ${anew} then t.version + 1 else t.replaced_version end`);
  }
}

interface BroughtIn {
  readonly rows: number;
  /** No row from before is left. */
  readonly anew: boolean;
}

async function bringIn(session: Session, made: Staged, known: ReadableTable | undefined): Promise<BroughtIn> {
  const { into } = made;
  if (into.mode === 'history') {
    if (known) return { rows: await keepHistory(session, made, known, into), anew: false };
    await beginHistory(session, made, into.key);
  }
  const anew = into.mode === 'replace' || (into.mode === 'upsert' && into.anew);
  if (known && !anew) return { rows: await mergeStage(session, made, known), anew: false };
  if (into.mode === 'upsert') await refuseBadKeys(session, made, into.key);
  return { rows: await replaceBy(session, made), anew: true };
}

async function replaceBy(session: Session, { step, stage, table, rows }: Staged): Promise<number> {
  const [refused] = await viewProblems(session, step, table);
  if (refused) throw new ProblemError(refused);
  await session.run(sql`drop table if exists ${ident('public', table)}`);
  await session.run(sql`alter table ${ident('assay', stage)} set schema public`);
  await session.run(sql`alter table ${ident('public', stage)} rename to ${ident(table)}`);
  return rows;
}

async function viewProblems(session: Session, step: string, table: string) {
  const views = await session.query<{ name: string }>(sql`
    select distinct v.oid::regclass::text as name from pg_depend d
    join pg_rewrite r on r.oid = d.objid and d.classid = 'pg_rewrite'::regclass
    join pg_class v on v.oid = r.ev_class
    join pg_class c on c.oid = d.refobjid and c.oid <> v.oid
    where c.relname = ${table} and c.relnamespace = 'public'::regnamespace order by 1`);
  if (views.length === 0) return [];
  const listed = views.map(({ name }) => name).join(', ');
  const words = `"${table}" cannot be replaced: the ${views.length === 1 ? 'view' : 'views'} ${listed} would lose it.`;
  return [fault(step, words, 'Drop the view, or write a table of another name.', { table })];
}

/** The first table that was read and is not what it was when the run was planned. */
export async function changedTable(session: Session, made: readonly MadeFrom[]): Promise<string | undefined> {
  const now = await readableTables(session);
  return made
    .flatMap(({ reads }) => Object.entries(reads))
    .find(([table, mark]) => mark.includes('@') && now.get(table)?.mark !== mark)?.[0];
}
