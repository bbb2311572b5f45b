import type { Pipeline, RunResult } from '../../../shared/contract/pipelines.ts';
import { downstream } from '../../../shared/pipeline-graph.ts';
import { type Problem, ProblemError, problem, toProblem } from '../../../shared/problem.ts';
import type { CallContext } from '../../../shared/wire.ts';
import type { Database } from '../database/database.ts';
import { type Freshness, readFreshness } from './freshness.ts';
import { planIncrements } from './increments.ts';
import { type ParameterValues, parameterValues, withParameters } from './parameters.ts';
import { isStuck, type Plan } from './plan.ts';
import { planWith, withIncrements } from './plan-increments.ts';
import { RunAttempt } from './run-attempt.ts';
import { beginRun, dropStages, endRun, runById } from './run-records.ts';
import { activeSteps, strategyOf, wantedSteps } from './run-strategy.ts';
import { knownCounts, type RunOutcome, saveStates, stepRuns } from './step-runs.ts';
import { changedTable, swapTables } from './swap-tables.ts';

/** How a run is asked for. */
export interface RunOptions {
  readonly to?: string | undefined;
  readonly from?: string | undefined;
  readonly full: boolean;
  readonly params: ParameterValues;
}

const attempts = 3;

/** Makes anew what is stale and puts its tables in their places, all or none. Recorded however it ends. */
export async function runPipeline(
  database: Database,
  pipeline: Pipeline,
  asked: RunOptions,
  call: CallContext,
): Promise<RunResult> {
  refuseUnknown(pipeline, asked.to);
  refuseUnknown(pipeline, asked.from);
  const values = parameterValues(pipeline, asked.params);
  const id = await beginRun(database, pipeline.name, values);
  const run = new Run(database, withParameters(pipeline, values), asked, call, id);
  for (let attempt = 1; ; attempt++) {
    try {
      await run.attempt();
      return await run.result();
    } catch (thrown) {
      if (attempt < attempts && run.mayTryAgain(thrown)) continue;
      await run.fail(toProblem(thrown));
      if (toProblem(thrown).code === 'cancelled') throw thrown;
      return await run.result();
    }
  }
}

function refuseUnknown({ name, steps }: Pipeline, wanted: string | undefined): void {
  if (steps.length === 0) {
    throw problem('bad_input', `"${name}" has no steps.`, {
      hint: 'Add a table to read and a table to write.',
    });
  }
  if (wanted === undefined || steps.some(({ id }) => id === wanted)) return;
  throw problem('not_found', `There is no step "${wanted}" in "${name}".`, {
    hint: `Steps: ${steps.map(({ id }) => id).join(', ')}.`,
  });
}

/** Another call changed what this run reads, or took its temporary tables away by restarting the database. */
class Disturbed extends ProblemError {}

class Run {
  readonly #database: Database;
  readonly #pipeline: Pipeline;
  readonly #asked: RunOptions;
  readonly #call: CallContext;
  readonly #id: number;
  readonly #began = performance.now();
  #outcome: RunOutcome | undefined;

  constructor(database: Database, pipeline: Pipeline, asked: RunOptions, call: CallContext, id: number) {
    this.#database = database;
    this.#pipeline = pipeline;
    this.#asked = asked;
    this.#call = call;
    this.#id = id;
  }

  get #prefix(): string {
    return `run_${this.#id}`;
  }

  async attempt(): Promise<void> {
    await dropStages(this.#database, `${this.#prefix}_`);
    const { around, freshness } = await readFreshness(this.#database, this.#pipeline);
    const judged = forced(this.#pipeline, freshness, this.#asked);
    const wanted = wantedSteps(this.#pipeline, this.#asked.to);
    const base = { pipeline: this.#pipeline, wanted, freshness: judged, asked: this.#asked };
    this.#outcome = base;
    if (wanted.every((id) => judged.get(id)?.fresh)) return this.#finish(base);
    const increments = await planIncrements(
      this.#database,
      this.#pipeline,
      around.tables,
      freshness,
      this.#asked,
    );
    const plan = await planWith(this.#database, this.#pipeline, around, increments);
    const told = { ...base, plan, freshness: withIncrements(this.#pipeline, judged, increments) };
    this.#outcome = told;
    refuseStuck(plan, wanted);
    const isStale = (id: string) => !judged.get(id)?.fresh;
    const active = activeSteps(plan, wanted, isStale);
    const known = knownCounts(plan, judged);
    const attempt = new RunAttempt(this.#database, plan, this.#prefix, this.#call, known);
    this.#outcome = { ...told, active: new Set(active.map(({ step }) => step.id)), attempt };
    await attempt.execute(strategyOf(plan, active, known, isStale));
    await this.#finish(this.#outcome);
  }

  async #finish(outcome: RunOutcome): Promise<void> {
    const { plan, attempt } = outcome;
    const { signal } = this.#call;
    const title = `Finishing ${this.#pipeline.name}`;
    await this.#database.transaction({ title, signal }, async (session) => {
      if (plan && attempt) {
        const made = outcome.wanted.flatMap((id) => outcome.freshness.get(id)?.key?.from ?? []);
        const changed = await changedTable(session, made);
        if (changed !== undefined) throw disturbed(changed);
        await swapTables(session, plan, attempt.staged);
        await saveStates(session, outcome, plan, attempt);
      }
      await endRun(session, this.#id, this.#record('done', outcome));
    });
    if (attempt) await dropStages(this.#database, `${this.#prefix}_`).catch(() => {});
  }

  /** Takes back everything and notes why. */
  async fail(failure: Problem): Promise<void> {
    const status = failure.code === 'cancelled' ? 'cancelled' : 'failed';
    const outcome = this.#outcome ? { ...this.#outcome, failure } : undefined;
    await this.#database.transaction({ title: 'Taking the run back' }, async (session) => {
      await dropStages(session, `${this.#prefix}_`);
      await endRun(session, this.#id, { ...this.#record(status, outcome), problem: failure });
    });
  }

  #record(status: RunResult['status'], outcome: RunOutcome | undefined): Omit<RunResult, 'at'> {
    const steps = outcome ? stepRuns(outcome) : [];
    return { pipeline: this.#pipeline.name, status, steps, ms: performance.now() - this.#began };
  }

  mayTryAgain(thrown: unknown): boolean {
    if (this.#call.signal.aborted) return false;
    const { message, at } = toProblem(thrown);
    return thrown instanceof Disturbed || (at?.sqlstate === '42P01' && message.includes(`${this.#prefix}_`));
  }

  result(): Promise<RunResult> {
    return runById(this.#database, this.#id);
  }
}

/** What was asked to be made anew counts as stale. */
function forced(
  { steps }: Pipeline,
  freshness: ReadonlyMap<string, Freshness>,
  { full, from }: RunOptions,
): ReadonlyMap<string, Freshness> {
  if (!full && from === undefined) return freshness;
  const after = from === undefined ? undefined : downstream(steps, from);
  const why = full ? 'a full run was asked for' : `a run from ${from} on was asked for`;
  return new Map(
    [...freshness].map(([id, judged]) => [
      id,
      full || after?.has(id) ? { ...judged, fresh: false, why } : judged,
    ]),
  );
}

function refuseStuck({ steps }: Plan, wanted: readonly string[]): void {
  const stuck = wanted.flatMap((id) => steps.get(id) ?? []).filter(isStuck);
  const [first] = stuck.flatMap(({ problems }) => problems);
  if (first) throw new ProblemError(first);
}

const disturbed = (table: string) =>
  new Disturbed({
    code: 'locked',
    message: `"${table}" changed while the pipeline ran, again and again.`,
    hint: 'Run it again when nothing else writes that table.',
    at: { table },
  });
