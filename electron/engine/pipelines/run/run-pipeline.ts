import type { Pipeline, RunResult } from '../../../../shared/contract/pipelines.ts';
import { type Problem, toProblem } from '../../../../shared/problem.ts';
import type { CallContext } from '../../../../shared/wire.ts';
import type { Database } from '../../database/database.ts';
import { refuseFullDisk } from '../../database/full-disk.ts';
import { withParameters } from '../file/fill-parameters.ts';
import { type ParameterValues, parameterValues } from '../file/parameters.ts';
import { readFreshness } from '../incremental/freshness.ts';
import { planIncrements } from '../incremental/increments.ts';
import { planWith, withIncrements } from '../incremental/plan-increments.ts';
import type { EmbedTexts } from '../plan/text-vectors.ts';
import { FilePlacing } from '../write/place-files.ts';
import { refuseForeign } from '../write/refuse-files.ts';
import { changedTable, swapTables } from '../write/swap-tables.ts';
import { dropFiles, type WaitingFile, writeFiles } from '../write/write-files.ts';
import { mayPass, retriesOf, waitToRetry } from './retry.ts';
import { RunAttempt } from './run-attempt.ts';
import { beginRun, dropStages, endRun, runById } from './run-records.ts';
import { Disturbed, disturbedBy, Refused, refuseStuck, refuseUnknown } from './run-refusals.ts';
import { activeSteps, forced, strategyOf, wantedSteps } from './run-strategy.ts';
import { knownCounts, type RunOutcome, saveStates, stepRuns } from './step-runs.ts';

/** How a run is asked for. */
export interface RunOptions {
  readonly to?: string | undefined;
  readonly from?: string | undefined;
  readonly full: boolean;
  readonly params: ParameterValues;
}

const attempts = 3;

/** Where a run finds and leaves what is not in the database. */
export interface RunPlace {
  /** The workspace's folder. */
  readonly folder: string;
  readonly embed: EmbedTexts;
}

/** Makes anew what is stale and puts its tables in their places, all or none. Recorded however it ends. */
export async function runPipeline(
  database: Database,
  pipeline: Pipeline,
  asked: RunOptions,
  place: RunPlace,
  call: CallContext,
): Promise<RunResult> {
  refuseUnknown(pipeline, asked.to);
  refuseUnknown(pipeline, asked.from);
  const values = parameterValues(pipeline, asked.params);
  const id = await beginRun(database, pipeline.name, values);
  const filled = withParameters(pipeline, values);
  const run = new Run({ database, pipeline: filled, written: pipeline, asked, place, call, id });
  return run.untilDone();
}

interface Asked {
  readonly database: Database;
  readonly pipeline: Pipeline;
  /** With its parameters by name. */
  readonly written: Pipeline;
  readonly asked: RunOptions;
  readonly place: RunPlace;
  readonly call: CallContext;
  readonly id: number;
}

class Run {
  readonly #database: Database;
  readonly #pipeline: Pipeline;
  readonly #written: Pipeline;
  readonly #asked: RunOptions;
  readonly #place: RunPlace;
  readonly #call: CallContext;
  readonly #id: number;
  readonly #began = performance.now();
  #outcome: RunOutcome | undefined;
  #tries = 0;
  #disturbed = 0;
  #retried = 0;

  constructor({ database, pipeline, written, asked, place, call, id }: Asked) {
    this.#database = database;
    this.#pipeline = pipeline;
    this.#written = written;
    this.#asked = asked;
    this.#place = place;
    this.#call = call;
    this.#id = id;
  }

  get #prefix(): string {
    return `run_${this.#id}`;
  }

  /** Tries at once where something came in between, and after a while where a fault may pass. */
  async untilDone(): Promise<RunResult> {
    for (;;) {
      try {
        this.#tries++;
        await this.#attempt();
        return await this.#result();
      } catch (thrown) {
        if (await this.#mayTryAgain(thrown)) continue;
        await this.#fail(toProblem(thrown));
        if (toProblem(thrown).code === 'cancelled') throw thrown;
        const result = await this.#result();
        return thrown instanceof Refused ? { ...result, refused: true } : result;
      }
    }
  }

  async #attempt(): Promise<void> {
    await dropStages(this.#database, `${this.#prefix}_`);
    const { folder } = this.#place;
    const { around, freshness } = await readFreshness(this.#database, this.#pipeline, folder, this.#written);
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
    await refuseForeign(folder, plan, wanted, freshness);
    const isStale = (id: string) => !judged.get(id)?.fresh;
    const active = activeSteps(plan, wanted, isStale);
    const known = knownCounts(plan, judged);
    await refuseFullDisk(folder, 'Nothing was run.', 'Make room, then run it again.');
    const attempt = new RunAttempt({
      database: this.#database,
      plan,
      prefix: this.#prefix,
      call: this.#call,
      known,
      embed: this.#place.embed,
    });
    this.#outcome = { ...told, active: new Set(active.map(({ step }) => step.id)), attempt };
    await attempt.execute(strategyOf(plan, active, known, isStale));
    await this.#finish(this.#outcome);
  }

  async #finish(outcome: RunOutcome): Promise<void> {
    const { attempt } = outcome;
    const files = attempt
      ? await writeFiles(this.#database, this.#place.folder, attempt.files, this.#call)
      : [];
    const placing = new FilePlacing(this.#place.folder, this.#id);
    try {
      await this.#putInPlace(outcome, files, placing);
      await placing.done();
    } catch (thrown) {
      await placing.takeBack();
      throw thrown;
    } finally {
      await dropFiles(files);
    }
    if (attempt) await dropStages(this.#database, `${this.#prefix}_`).catch(() => {});
  }

  /** Files come last: what the database refuses leaves them as they were. */
  async #putInPlace(outcome: RunOutcome, files: readonly WaitingFile[], placing: FilePlacing): Promise<void> {
    const { plan, attempt } = outcome;
    const { signal } = this.#call;
    const title = `Finishing ${this.#pipeline.name}`;
    await this.#database.transaction({ title, signal }, async (session) => {
      if (plan && attempt) {
        const made = outcome.wanted.flatMap((id) => outcome.freshness.get(id)?.key?.from ?? []);
        const changed = await changedTable(session, made);
        if (changed !== undefined) throw disturbedBy(changed);
        await swapTables(session, plan, attempt.staged);
        await saveStates(session, outcome, plan, attempt, files);
      }
      await endRun(session, this.#id, this.#record('done', outcome));
      await placing.place(files);
    });
  }

  /** Takes back everything and notes why. */
  async #fail(failure: Problem): Promise<void> {
    const status = failure.code === 'cancelled' ? 'cancelled' : 'failed';
    const outcome = this.#outcome ? { ...this.#outcome, failure } : undefined;
    await this.#database.transaction({ title: 'Taking the run back' }, async (session) => {
      await dropStages(session, `${this.#prefix}_`);
      await endRun(session, this.#id, { ...this.#record(status, outcome), problem: failure });
    });
  }

  #record(status: RunResult['status'], outcome: RunOutcome | undefined): Omit<RunResult, 'at'> {
    const steps = outcome ? stepRuns(outcome) : [];
    const failure = status === 'failed' ? outcome?.attempt?.failure : undefined;
    const ms = performance.now() - this.#began;
    const { name } = this.#pipeline;
    return { pipeline: name, status, steps, ms, tries: this.#tries, ...(failure ? { failure } : {}) };
  }

  async #mayTryAgain(thrown: unknown): Promise<boolean> {
    if (this.#call.signal.aborted) return false;
    const failure = toProblem(thrown);
    const { message, at } = failure;
    const lost = at?.sqlstate === '42P01' && message.includes(`${this.#prefix}_`);
    if ((thrown instanceof Disturbed || lost) && ++this.#disturbed < attempts) return true;
    if (!mayPass(failure) || this.#retried >= retriesOf(this.#pipeline)) return false;
    return waitToRetry(++this.#retried, failure, this.#call);
  }

  #result(): Promise<RunResult> {
    return runById(this.#database, this.#id);
  }
}
