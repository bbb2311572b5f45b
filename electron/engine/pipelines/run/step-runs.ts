import type { Pipeline, PipelineStep, StepRun } from '../../../../shared/contract/pipelines.ts';
import { refText } from '../../../../shared/pipeline-graph.ts';
import { type Problem, toProblem } from '../../../../shared/problem.ts';
import type { Session } from '../../database/database.ts';
import type { Freshness } from '../incremental/freshness.ts';
import { watermarkOf } from '../incremental/increments.ts';
import { reachKeys } from '../incremental/reach-keys.ts';
import { forgetStates, type Made, noteStates } from '../incremental/step-states.ts';
import { growingSteps } from '../plan/growing.ts';
import { readableTables } from '../plan/known-tables.ts';
import { outputsOf, type Plan, type PlannedStep } from '../plan/plan.ts';
import type { WaitingFile } from '../write/write-files.ts';
import type { RunAttempt } from './run-attempt.ts';

/** What the last attempt of a run tells of each step. */
export interface RunOutcome {
  readonly pipeline: Pipeline;
  /** Ids of the steps that were asked for. */
  readonly wanted: readonly string[];
  readonly freshness: ReadonlyMap<string, Freshness>;
  readonly asked: { readonly to?: string | undefined };
  /** Missing where nothing was stale. */
  readonly plan?: Plan;
  /** Steps whose rows were computed, fresh ones on the way to stale ones included. */
  readonly active?: ReadonlySet<string>;
  /** Missing where the run was refused before anything was computed. */
  readonly attempt?: RunAttempt;
  /** Missing where all went well. */
  readonly failure?: Problem;
}

/** How many rows outputs have, as far as that is known before anything is computed. */
export function knownCounts(
  plan: Plan,
  freshness: ReadonlyMap<string, Freshness>,
): ReadonlyMap<string, number> {
  const known = new Map<string, number>();
  for (const { step, definition, params } of plan.steps.values()) {
    const { fresh, state } = freshness.get(step.id) ?? {};
    const read = definition?.reads?.(params as never);
    const rows = read === undefined ? undefined : plan.tables.get(read)?.rows;
    if (rows !== undefined) known.set(step.id, rows);
    else if (fresh && state && state.rows !== null) known.set(step.id, state.rows);
    if (fresh)
      for (const [output, left] of Object.entries(state?.left ?? {})) known.set(`${step.id}.${output}`, left);
  }
  return known;
}

/** Every step with what became of it and why. */
export const stepRuns = (outcome: RunOutcome): StepRun[] =>
  outcome.pipeline.steps.map((step) => {
    const { id, kind } = step;
    const ms = Math.round(outcome.attempt?.outcomes.get(id)?.ms ?? 0);
    const { status, why } = fate(outcome, step);
    const { rows, left } = countsOf(outcome, id, status);
    const known = Object.values(left);
    const rejects = known.length > 0 ? known.reduce((sum, count) => sum + count, 0) : null;
    return { id, kind, status, rows, rejects, left, ms, why };
  });

function countsOf(
  { attempt, plan, freshness }: RunOutcome,
  id: string,
  status: StepRun['status'],
): Pick<StepRun, 'rows' | 'left'> {
  const state = freshness.get(id)?.state;
  if (status === 'fresh') return { rows: state?.rows ?? null, left: state?.left ?? {} };
  const planned = plan?.steps.get(id);
  if (status === 'skipped' || !planned || !attempt) return { rows: null, left: {} };
  return { rows: attempt.counts.get(id) ?? null, left: leftOf(planned, attempt.counts) };
}

const leftOf = (planned: PlannedStep, counts: ReadonlyMap<string, number>): Record<string, number> =>
  Object.fromEntries(
    outputsOf(planned)
      .slice(1)
      .flatMap((ref) => {
        const rows = counts.get(refText(ref));
        return rows === undefined ? [] : [[ref.output, rows]];
      }),
  );

function fate(outcome: RunOutcome, { id }: PipelineStep): Pick<StepRun, 'status' | 'why'> {
  const { wanted, asked, attempt, failure, plan, freshness, active } = outcome;
  if (!wanted.includes(id)) return { status: 'skipped', why: `not needed for ${asked.to}` };
  const done = attempt?.outcomes.get(id);
  if (failure?.at?.step === id) return { status: 'failed', why: failure.message };
  const [broken] = plan?.steps.get(id)?.problems ?? [];
  if (done?.failed !== undefined) return { status: 'failed', why: toProblem(done.failed).message };
  if (broken) return { status: 'failed', why: broken.message };
  const { fresh = false, why = '' } = freshness.get(id) ?? {};
  if (fresh && active?.has(id) && !failure)
    return { status: 'fresh', why: `${why}; its rows were passed on again` };
  if (fresh) return { status: 'fresh', why };
  if (!failure) return { status: 'ran', why };
  const end = failure.code === 'cancelled' ? 'was cancelled' : 'failed';
  if (!done) return { status: 'skipped', why: `not done: the run ${end}` };
  return { status: 'ran', why: `done before the run ${end}; nothing of it was kept` };
}

/** Notes what every step that ran was made from; within the transaction that puts tables in their places. */
export async function saveStates(
  session: Session,
  outcome: RunOutcome,
  plan: Plan,
  attempt: RunAttempt,
  files: readonly WaitingFile[],
): Promise<void> {
  const { name, steps } = outcome.pipeline;
  const tables = await readableTables(session);
  const ids = steps.map(({ id }) => id);
  const growing = new Map(growingSteps(outcome.pipeline).map((one) => [one.step, one]));
  const reach = reachKeys(plan, keysOf(outcome));
  const made: Made[] = [];
  for (const id of outcome.wanted) {
    const judged = outcome.freshness.get(id);
    const planned = plan.steps.get(id);
    if (!judged?.key || !planned) continue;
    const now = { step: id, ...judged.key, reach: reach.get(id) ?? null };
    if (judged.fresh) {
      // Fresh by lineage alone, or under another id: next time its key tells.
      const { state } = judged;
      if (state && (state.moved || state.key !== judged.key.key)) made.push({ ...state, ...now });
      continue;
    }
    const table = planned.definition?.writes?.(planned.params as never) ?? null;
    const { file = null, mark: fileMark } = files.find(({ step }) => step === id) ?? {};
    const mark = (table === null ? fileMark : tables.get(table)?.mark) ?? null;
    const rows = attempt.counts.get(id) ?? null;
    const left = leftOf(planned, attempt.counts);
    const grows = growing.get(id);
    const read = grows && tables.get(grows.table);
    const next = plan.tables.get(grows?.table ?? '')?.next;
    const inOrder = plan.ordered?.has(id) ?? false;
    const watermark =
      next ?? (grows && read ? await watermarkOf(session, read, grows.column, inOrder) : null);
    made.push({ ...now, rows, left, table, file, mark, watermark });
  }
  await noteStates(session, name, made);
  await forgetStates(session, name, ids);
}

const keysOf = ({ freshness }: RunOutcome) =>
  new Map([...freshness].flatMap(([id, { key }]) => (key ? [[id, key] as const] : [])));
