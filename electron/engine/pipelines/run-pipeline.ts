import type { Pipeline, RunResult } from '../../../shared/contract/pipelines.ts';
import { type Problem, ProblemError, problem, toProblem } from '../../../shared/problem.ts';
import type { CallContext } from '../../../shared/wire.ts';
import type { Database } from '../database/database.ts';
import { isStuck } from './plan.ts';
import { planPipeline } from './plan-pipeline.ts';
import { RunAttempt } from './run-attempt.ts';
import { beginRun, dropStages, endRun, runById } from './run-records.ts';
import { strategyOf, wantedSteps } from './run-strategy.ts';
import { type RunOutcome, stepRuns } from './step-runs.ts';
import { changedTable, swapTables } from './swap-tables.ts';

/** How a run is asked for. */
export interface RunOptions {
  readonly to?: string | undefined;
  readonly full: boolean;
}

const attempts = 3;

/** Computes a pipeline and puts its tables in their places, all or none. Recorded however it ends. */
export async function runPipeline(
  database: Database,
  pipeline: Pipeline,
  asked: RunOptions,
  call: CallContext,
): Promise<RunResult> {
  refuseUnknown(pipeline, asked.to);
  const run = new Run(database, pipeline, asked, call, await beginRun(database, pipeline.name));
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

function refuseUnknown({ name, steps }: Pipeline, to: string | undefined): void {
  if (steps.length === 0) {
    throw problem('bad_input', `"${name}" has no steps.`, {
      hint: 'Add a table to read and a table to write.',
    });
  }
  if (to === undefined || steps.some(({ id }) => id === to)) return;
  throw problem('not_found', `There is no step "${to}" in "${name}".`, {
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
    const plan = await planPipeline(this.#database, this.#pipeline);
    const wanted = wantedSteps(plan, this.#asked.to);
    this.#outcome = { plan, wanted, asked: this.#asked };
    refuseStuck(this.#outcome);
    const attempt = new RunAttempt(this.#database, plan, this.#prefix, this.#call);
    this.#outcome = { ...this.#outcome, attempt };
    await attempt.execute(strategyOf(plan, wanted));
    await this.#finish(this.#outcome, attempt);
  }

  async #finish(outcome: RunOutcome, attempt: RunAttempt): Promise<void> {
    const { plan, wanted } = outcome;
    const { signal } = this.#call;
    await this.#database.transaction(
      { title: `Finishing ${this.#pipeline.name}`, signal },
      async (session) => {
        const changed = await changedTable(session, plan, wanted);
        if (changed !== undefined) throw disturbed(changed);
        await swapTables(session, plan, attempt.staged);
        await endRun(session, this.#id, this.#record('done', outcome));
      },
    );
    await dropStages(this.#database, `${this.#prefix}_`).catch(() => {});
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

function refuseStuck({ wanted }: RunOutcome): void {
  const [first] = wanted.filter(isStuck).flatMap(({ problems }) => problems);
  if (first) throw new ProblemError(first);
}

const disturbed = (table: string) =>
  new Disturbed({
    code: 'locked',
    message: `"${table}" changed while the pipeline ran, again and again.`,
    hint: 'Run it again when nothing else writes that table.',
    at: { table },
  });
