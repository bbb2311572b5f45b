import type { RunResult, StepFailure, StepRun } from '../../../../shared/contract/pipelines.ts';
import type { Problem } from '../../../../shared/problem.ts';
import { ident, sql } from '../../../../shared/sql.ts';
import type { Database, Session } from '../../database/database.ts';
import { isoMoment } from '../../database/iso-moment.ts';
import type { ParameterValues } from '../file/parameters.ts';
import { recoverPlacings } from '../write/placing-journal.ts';

/** Notes that a run began. */
export async function beginRun(session: Session, pipeline: string, params: ParameterValues): Promise<number> {
  const { id } = await session.one<{ id: number }>(
    sql`insert into assay.runs (pipeline, status, params) values (${pipeline}, 'running', ${JSON.stringify(params)}::jsonb) returning id`,
  );
  return Number(id);
}

/** Notes how a run ended; within a transaction of the caller. */
export async function endRun(
  session: Session,
  id: number,
  { status, steps, ms, problem, failure, tries = 1 }: Omit<RunResult, 'at'>,
): Promise<void> {
  await session.run(sql`
    update assay.runs set status = ${status}, ms = ${Math.round(ms)}, problem = ${problem ? JSON.stringify(problem) : null}::jsonb,
      failure = ${failure ? JSON.stringify(failure) : null}::json, tries = ${tries}
    where id = ${id}`);
  const rows = steps.map((step, ordinal) => ({ ...step, ordinal, ms: Math.round(step.ms) }));
  await session.run(sql`
    insert into assay.run_steps (run_id, ordinal, step, kind, status, row_count, reject_count, left_counts, ms, why)
    select ${id}, ordinal, id, kind, status, rows, rejects, "left", ms, why
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as x (ordinal integer, id text, kind text, status text, rows bigint, rejects bigint, "left" jsonb, ms integer, why text)`);
}

interface RunRow {
  readonly id: number;
  readonly pipeline: string;
  readonly status: RunResult['status'];
  readonly problem: Problem | null;
  readonly failure: StepFailure | null;
  readonly tries: number;
  readonly ms: number;
  readonly at: string;
}

const runColumns = sql`id, pipeline, status, problem, failure, tries, coalesce(ms, 0) as ms,
  ${isoMoment(sql`started_at`)} as at`;

/** The latest run of a pipeline that has ended, or null. */
export async function lastRun(session: Session, pipeline: string): Promise<RunResult | null> {
  const run = await session.maybeOne<RunRow>(sql`
    select ${runColumns} from assay.runs where pipeline = ${pipeline} and status <> 'running' order by assay.runs.id desc limit 1`);
  return run ? runOf(session, run) : null;
}

/** The latest runs that have ended, newest first. */
export async function readHistory(session: Session, pipeline: string, limit: number): Promise<RunResult[]> {
  const runs = await session.query<RunRow>(sql`
    select ${runColumns} from assay.runs where pipeline = ${pipeline} and status <> 'running' order by assay.runs.id desc limit ${limit}`);
  const results: RunResult[] = [];
  for (const run of runs) results.push(await runOf(session, run));
  return results;
}

/** A run by its number. */
export const runById = async (session: Session, id: number): Promise<RunResult> =>
  runOf(session, await session.one<RunRow>(sql`select ${runColumns} from assay.runs where id = ${id}`));

async function runOf(session: Session, { id, problem, failure, tries, ...run }: RunRow): Promise<RunResult> {
  const steps = await session.query<StepRun>(sql`
    select step as id, kind, status, row_count as rows, reject_count as rejects, left_counts as left, ms, why
    from assay.run_steps where run_id = ${id} order by ordinal`);
  const more = {
    ...(problem ? { problem } : {}),
    ...(failure ? { failure } : {}),
    ...(tries > 1 ? { tries } : {}),
  };
  return { ...run, steps, ...more };
}

/** The latest run of every pipeline, by name. */
export async function latestRuns(session: Session): Promise<ReadonlyMap<string, Omit<RunRow, 'id'>>> {
  const runs = await session.query<RunRow>(sql`
    select distinct on (pipeline) ${runColumns} from assay.runs where status <> 'running' order by pipeline, assay.runs.id desc`);
  return new Map(runs.map((run) => [run.pipeline, run]));
}

/** Lets history and tables follow a pipeline to its new name. */
export const renameRecords = (database: Database, name: string, to: string): Promise<void> =>
  database.transaction({ title: `Renaming ${name}` }, async (session) => {
    await session.run(sql`update assay.runs set pipeline = ${to} where pipeline = ${name}`);
    await session.run(sql`delete from assay.step_states where pipeline = ${to}`);
    await session.run(sql`update assay.step_states set pipeline = ${to} where pipeline = ${name}`);
    await session.run(
      sql`update assay.tables set source = ${to} where origin = 'pipeline' and source = ${name}`,
    );
  });

/** After a crash: runs that nobody goes on with are cancelled, what they had staged is removed, and files are put back. */
export async function recoverPipelines(database: Database, workspace: string): Promise<void> {
  await recoverPlacings(database, workspace);
  await database.transaction({ title: 'Recovering runs' }, async (session) => {
    const words = {
      code: 'engine_lost',
      message: 'The app stopped while it ran. What it writes stayed as it was.',
    } satisfies Problem;
    await session.run(sql`
      update assay.runs set status = 'cancelled', problem = ${JSON.stringify(words)}::jsonb where status = 'running'`);
    await dropStages(session, 'run_');
  });
}

/** Removes the tables that a run has made and not put in their places. */
export async function dropStages(session: Session, prefix: string): Promise<void> {
  const stages = await session.query<{ schema: string; name: string }>(sql`
    select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and (n.nspname = 'assay' or n.oid = pg_my_temp_schema())
      and starts_with(c.relname, ${prefix}) and c.relname ~ '^run_[0-9]+_[0-9]+$'`);
  for (const { schema, name } of stages) await session.run(sql`drop table ${ident(schema, name)}`);
}
