import type { StepFailure } from '../../../../shared/contract/pipelines.ts';
import { refText, type StepRef } from '../../../../shared/pipeline-graph.ts';
import { ident, literals, type Sql, sql } from '../../../../shared/sql.ts';
import type { CallContext } from '../../../../shared/wire.ts';
import type { Database, Session } from '../../database/database.ts';
import { intoOf } from '../incremental/write-mode.ts';
import { compileNested } from '../plan/compile.ts';
import { deduceCounts } from '../plan/count-rules.ts';
import type { Plan, PlannedStep } from '../plan/plan.ts';
import { type Countable, credible, uncounted } from '../plan/plan-tallies.ts';
import { vectorsToRun } from '../plan/plan-vectors.ts';
import { beginTallies, countsRight, endTallies } from '../plan/tally.ts';
import type { EmbedTexts } from '../plan/text-vectors.ts';
import { finishStage, type Staged, type StagedFile } from '../write/staged.ts';
import { countRows } from './count-rows.ts';
import { failureOf } from './failed-rows.ts';
import { findCulprit, notDone, type UnderWay } from './find-culprit.ts';
import { flowsInto } from './flowing.ts';
import type { StepWork } from './run-strategy.ts';
import { runTurn } from './run-turn.ts';

/** What a step cost, or how it failed. */
export interface StepOutcome {
  readonly ms: number;
  readonly failed?: unknown;
}

/** What a try is made with. */
export interface Trying {
  readonly database: Database;
  readonly plan: Plan;
  /** Of the names of what it makes. */
  readonly prefix: string;
  readonly call: CallContext;
  /** Numbers of rows that are known already, by output. */
  readonly known: ReadonlyMap<string, number>;
  readonly embed: EmbedTexts;
}

/** One try at computing everything, in turns that let others in between; nothing of it is visible before the swap. */
export class RunAttempt {
  readonly counts = new Map<string, number>();
  readonly outcomes = new Map<string, StepOutcome>();
  readonly staged: Staged[] = [];
  readonly files: StagedFile[] = [];
  /** Set where a step failed. */
  failure: StepFailure | undefined;
  readonly #given: Trying;
  readonly #plan: Plan;
  readonly #held = new Map<string, Sql>();
  #made = 0;

  constructor(given: Trying) {
    for (const [ref, rows] of given.known) this.counts.set(ref, rows);
    this.#given = given;
    this.#plan = given.plan;
  }

  /** Does the work in order; the failure of a step is in its outcome, and thrown. */
  async execute(works: readonly StepWork[]): Promise<void> {
    for (const [at, work] of works.entries()) {
      const { title, step } = work.planned;
      this.#given.call.progress({ title: `Running ${title}`, done: at, total: works.length, unit: 'steps' });
      const began = performance.now();
      try {
        await this.#work(work);
        this.outcomes.set(step.id, { ms: performance.now() - began });
      } catch (thrown) {
        await this.#blame(work.planned, thrown, performance.now() - began);
        throw thrown;
      }
    }
    deduceCounts(
      this.#plan,
      works.map(({ planned }) => planned),
      this.counts,
    );
  }

  async #work({ planned, hold, write, file, count }: StepWork): Promise<void> {
    if (planned.definition?.embeds) await this.#embed(planned);
    for (const ref of hold) await this.#hold(planned, ref);
    const { step, columns } = planned;
    if (write !== undefined) {
      const into = intoOf(this.#plan, planned);
      this.staged.push({ step: step.id, table: write, into, ...(await this.#stage(planned)) });
    }
    if (file) this.files.push({ step: step.id, to: file, columns, ...(await this.#stage(planned)) });
    if (count) await this.#count(planned, count);
  }

  /** What a step embeds is kept first: its texts and its rows have to be the same. */
  async #embed(planned: PlannedStep): Promise<void> {
    for (const ref of planned.inputs) {
      const input = this.#plan.steps.get(ref.step);
      if (input && !input.definition?.reads && !this.#held.has(refText(ref))) await this.#hold(input, ref);
    }
    const { title } = planned;
    const { signal } = this.#given.call;
    await vectorsToRun(this.#plan, planned, (ref) => this.#select(ref), {
      embed: this.#given.embed,
      signal,
      name: this.#name(),
      turn: (work) => this.#turn(title, work),
      onProgress: (done, total) =>
        this.#given.call.progress({ title: `Running ${title}`, done, total, unit: 'texts' }),
    });
  }

  /** Temporary tables cost half of others and vanish with the connection; the run then starts over. */
  async #hold({ title }: PlannedStep, ref: StepRef): Promise<void> {
    const name = ident('pg_temp', this.#name());
    await this.#flow(title, ref, (session, select) =>
      session.run(literals(sql`create temp table ${name} as ${select}`)),
    );
    const rows = await this.#turn(title, (session) => countRows(session, sql`select from ${name}`, 'rows'));
    this.counts.set(refText(ref), rows);
    this.#held.set(refText(ref), name);
  }

  async #stage({ title, step }: PlannedStep): Promise<{ stage: string; rows: number }> {
    const stage = this.#name();
    const name = ident('assay', stage);
    await this.#flow(title, { step: step.id, output: 'rows' }, (session, select) =>
      session.run(
        literals(
          sql`create table ${name} as select row_number() over () as _row, result.* from (${select}) as result`,
        ),
      ),
    );
    const rows = await this.#turn(title, (session) => finishStage(session, stage));
    this.counts.set(step.id, rows);
    return { stage, rows };
  }

  async #count({ title, step }: PlannedStep, what: 'rows' | 'values'): Promise<void> {
    const rows = await this.#flow(title, { step: step.id, output: 'rows' }, (session, select) =>
      countRows(session, select, what),
    );
    this.counts.set(step.id, rows);
  }

  /** Runs a statement over an output, and counts the rows of every step that flows into it. */
  async #flow<T>(
    title: string,
    ref: StepRef,
    work: (session: Session, select: Sql) => Promise<T>,
  ): Promise<T> {
    const flowing = [...this.#plan.steps.values()].filter(({ step }) =>
      flowsInto(this.#plan, step.id, ref, this.#held),
    );
    const countable = uncounted(this.#plan, flowing, ref.step, this.counts);
    const refs = countable.map((one) => one.ref);
    const tallied = refs.length > 0 ? await this.#tally(title, ref, countable, work) : undefined;
    if (tallied) {
      const right = credible(flowing, tallied.counts);
      if (right) for (const [text, rows] of tallied.counts) this.counts.set(text, rows);
      else await this.#countApart(title, refs, false);
      return tallied.result;
    }
    await this.#countApart(title, refs, true);
    return this.#turn(title, (session) => work(session, this.#select(ref)));
  }

  /** The statement with its rows counted on their way; nothing where PostgreSQL would read some of them twice. */
  #tally<T>(
    title: string,
    ref: StepRef,
    countable: readonly Countable[],
    work: (session: Session, select: Sql) => Promise<T>,
  ) {
    return this.#turn(title, async (session) => {
      const tallies = await beginTallies(session, countable, this.#name());
      const select = compileNested(this.#plan, ref, this.#held, tallies);
      const result = (await countsRight(session, select)) ? { is: await work(session, select) } : undefined;
      const counts = await endTallies(session, tallies);
      return result && { result: result.is, counts };
    });
  }

  /** What costs more to compute twice is kept for what comes after. */
  async #countApart(title: string, refs: readonly StepRef[], mayHold: boolean): Promise<void> {
    for (const ref of refs) {
      const planned = this.#plan.steps.get(ref.step);
      const { rowByRow, rejects, costly } = planned?.definition ?? {};
      if (planned && mayHold && (costly || !(rowByRow || rejects))) await this.#hold(planned, ref);
      else if (!this.counts.has(refText(ref))) {
        const rows = await this.#turn(title, (session) => countRows(session, this.#select(ref), 'rows'));
        this.counts.set(refText(ref), rows);
      }
    }
  }

  #name(): string {
    return `${this.#given.prefix}_${++this.#made}`;
  }

  #select(ref: StepRef): Sql {
    return compileNested(this.#plan, ref, this.#held, new Map());
  }

  #turn<T>(title: string, work: (session: Session) => Promise<T>): Promise<T> {
    const { database, call } = this.#given;
    return runTurn(database, `Running ${title}`, call.signal, work);
  }

  get #underWay(): UnderWay {
    return {
      plan: this.#plan,
      held: this.#held,
      select: (ref) => this.#select(ref),
      turn: (title, work) => this.#turn(title, work),
    };
  }

  /** Notes which step failed, and on what. */
  async #blame(planned: PlannedStep, thrown: unknown, ms: number): Promise<void> {
    const run = this.#underWay;
    const { aborted } = this.#given.call.signal;
    const culprit = aborted ? planned.step.id : await findCulprit(run, planned, thrown);
    for (const other of notDone(run, planned, culprit)) this.outcomes.delete(other);
    this.outcomes.set(culprit, { ms, failed: thrown });
    if (aborted) return;
    const name = this.#name();
    this.failure = await failureOf(run, this.#plan.steps.get(culprit) ?? planned, thrown, name);
  }
}
