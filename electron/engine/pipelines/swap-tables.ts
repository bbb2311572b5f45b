import { ProblemError } from '../../../shared/problem.ts';
import { ident, sql } from '../../../shared/sql.ts';
import type { Session } from '../database/database.ts';
import { readTables } from './known-tables.ts';
import type { Plan, PlannedStep } from './plan.ts';
import type { Staged } from './run-attempt.ts';
import { fault, writeProblems } from './step-problems.ts';

/** Puts staged tables in their places, with their records. Within a transaction of the caller. */
export async function swapTables(session: Session, plan: Plan, staged: readonly Staged[]): Promise<void> {
  const now = { ...plan, tables: await readTables(session) };
  for (const { step, stage, table, rows } of staged) {
    const [refused] = [...writeProblems(now, step, table), ...(await viewProblems(session, step, table))];
    if (refused) throw new ProblemError(refused);
    await session.run(sql`drop table if exists ${ident('public', table)}`);
    await session.run(sql`alter table ${ident('assay', stage)} set schema public`);
    await session.run(sql`alter table ${ident('public', stage)} rename to ${ident(table)}`);
    await session.run(sql`
      insert into assay.tables (name, origin, source, row_count) values (${table}, 'pipeline', ${plan.pipeline.name}, ${rows})
      on conflict (name) do update set row_count = excluded.row_count, version = assay.tables.version + 1, updated_at = now()`);
  }
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
export async function changedTable(
  session: Session,
  plan: Plan,
  wanted: readonly PlannedStep[],
): Promise<string | undefined> {
  const now = await readTables(session);
  return wanted
    .flatMap(({ definition, params }) => definition?.reads?.(params as never) ?? [])
    .find((table) => now.get(table)?.version !== plan.tables.get(table)?.version);
}
