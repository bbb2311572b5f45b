import type { StepRun } from '../../../shared/contract/pipelines.ts';
import { type Problem, toProblem } from '../../../shared/problem.ts';
import type { Plan, PlannedStep } from './plan.ts';
import type { RunAttempt } from './run-attempt.ts';

/** What the last attempt of a run tells of each step. */
export interface RunOutcome {
  readonly plan: Plan;
  readonly wanted: readonly PlannedStep[];
  readonly asked: { readonly to?: string | undefined; readonly full: boolean };
  /** Missing where the run was refused before anything was computed. */
  readonly attempt?: RunAttempt | undefined;
  /** Missing where all went well. */
  readonly failure?: Problem;
}

/** Every step with what became of it and why. */
export const stepRuns = (outcome: RunOutcome): StepRun[] =>
  [...outcome.plan.steps.values()].map((planned) => {
    const { id, kind } = planned.step;
    const counts = outcome.attempt?.counts;
    const ms = Math.round(outcome.attempt?.outcomes.get(id)?.ms ?? 0);
    const rejects = planned.definition?.rejects ? (counts?.get(`${id}.rejects`) ?? null) : null;
    return { id, kind, ...fate(outcome, planned), rows: counts?.get(id) ?? null, rejects, ms };
  });

function fate(outcome: RunOutcome, planned: PlannedStep): Pick<StepRun, 'status' | 'why'> {
  const { wanted, asked, attempt, failure } = outcome;
  const { id } = planned.step;
  if (!wanted.includes(planned)) return { status: 'skipped', why: `not needed for ${asked.to}` };
  const done = attempt?.outcomes.get(id);
  const [broken] = planned.problems;
  if (done?.failed !== undefined) return { status: 'failed', why: toProblem(done.failed).message };
  if (broken) return { status: 'failed', why: broken.message };
  if (!failure)
    return { status: 'ran', why: asked.full ? 'a full run was asked for' : 'the run was asked for' };
  const end = failure.code === 'cancelled' ? 'was cancelled' : 'failed';
  if (!done) return { status: 'skipped', why: `not done: the run ${end}` };
  return { status: 'ran', why: `done before the run ${end}; nothing of it was kept` };
}
