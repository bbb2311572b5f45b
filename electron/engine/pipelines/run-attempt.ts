import type { WriteMode } from '../../../shared/define-step.ts';
import { refText, type StepRef, upstream } from '../../../shared/pipeline-graph.ts';
import { ident, literals, type Sql, sql } from '../../../shared/sql.ts';
import type { CallContext } from '../../../shared/wire.ts';
import type { Database, Session } from '../database/database.ts';
import { compileNested } from './compile.ts';
import { deduceCounts } from './count-rules.ts';
import { feeds, flowsInto } from './flowing.ts';
import { intoOf } from './growing.ts';
import type { Plan, PlannedStep } from './plan.ts';
import type { StepWork } from './run-strategy.ts';
import { beginTallies, countsRight, endTallies, uncounted } from './tally.ts';

/** A finished table that waits in schema assay to take its place. */
export interface Staged {
  readonly step: string;
  readonly stage: string;
  readonly table: string;
  readonly rows: number;
  readonly into: WriteMode;
}

/** What a step cost, or how it failed. */
export interface StepOutcome {
  readonly ms: number;
  readonly failed?: unknown;
}

/** One try at computing everything, in turns that let others in between; nothing of it is visible before the swap. */
export class RunAttempt {
  readonly counts = new Map<string, number>();
  readonly outcomes = new Map<string, StepOutcome>();
  readonly staged: Staged[] = [];
  readonly #database: Database;
  readonly #plan: Plan;
  readonly #prefix: string;
  readonly #call: CallContext;
  readonly #held = new Map<string, Sql>();
  #made = 0;

  constructor(
    database: Database,
    plan: Plan,
    prefix: string,
    call: CallContext,
    known: ReadonlyMap<string, number> = new Map(),
  ) {
    for (const [ref, rows] of known) this.counts.set(ref, rows);
    this.#database = database;
    this.#plan = plan;
    this.#prefix = prefix;
    this.#call = call;
  }

  /** Does the work in order; the failure of a step is in its outcome, and thrown. */
  async execute(works: readonly StepWork[]): Promise<void> {
    for (const [at, work] of works.entries()) {
      const { title, step } = work.planned;
      this.#call.progress({ title: `Running ${title}`, done: at, total: works.length, unit: 'steps' });
      const began = performance.now();
      try {
        await this.#work(work);
        this.outcomes.set(step.id, { ms: performance.now() - began });
      } catch (thrown) {
        const culprit = await this.#culprit(work.planned, thrown);
        this.#forget(work.planned, culprit);
        this.outcomes.set(culprit, { ms: performance.now() - began, failed: thrown });
        throw thrown;
      }
    }
    deduceCounts(
      this.#plan,
      works.map(({ planned }) => planned),
      this.counts,
    );
  }

  async #work({ planned, hold, write, count }: StepWork): Promise<void> {
    for (const ref of hold) await this.#hold(planned, ref);
    if (write !== undefined) await this.#stage(planned, write);
    if (count) await this.#count(planned, count);
  }

  /** Temporary tables cost half of others and vanish with the connection; the run then starts over. */
  async #hold({ title }: PlannedStep, ref: StepRef): Promise<void> {
    const name = ident('pg_temp', `${this.#prefix}_${++this.#made}`);
    await this.#flow(title, ref, (session, select) =>
      session.run(literals(sql`create temp table ${name} as ${select}`)),
    );
    const rows = await this.#turn(title, (session) => countRows(session, sql`select from ${name}`, 'rows'));
    this.counts.set(refText(ref), rows);
    this.#held.set(refText(ref), name);
  }

  async #stage(planned: PlannedStep, table: string): Promise<void> {
    const { title, step } = planned;
    const stage = `${this.#prefix}_${++this.#made}`;
    const name = ident('assay', stage);
    await this.#flow(title, { step: step.id, output: 'rows' }, (session, select) =>
      session.run(
        literals(
          sql`create table ${name} as select row_number() over () as _row, result.* from (${select}) as result`,
        ),
      ),
    );
    const rows = await this.#turn(title, async (session) => {
      await session.run(sql`alter table ${name} add primary key (_row)`);
      const { last } = await session.one<{ last: number }>(
        sql`select coalesce(max(_row), 0) as last from ${name}`,
      );
      return Number(last);
    });
    this.counts.set(step.id, rows);
    const into = intoOf(this.#plan, planned);
    this.staged.push({ step: step.id, stage, table, rows, into });
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
    const refs = uncounted(this.#plan, flowing, this.counts).filter(({ step }) => step !== ref.step);
    const tallied = refs.length > 0 ? await this.#tally(title, ref, refs, work) : undefined;
    if (tallied) {
      for (const [text, rows] of tallied.counts ?? []) this.counts.set(text, rows);
      if (!tallied.counts) await this.#countApart(title, refs, false);
      return tallied.result;
    }
    await this.#countApart(title, refs, true);
    return this.#turn(title, (session) => work(session, this.#select(ref)));
  }

  /** The statement with its rows counted on their way; nothing where PostgreSQL would read some of them twice. */
  #tally<T>(
    title: string,
    ref: StepRef,
    refs: readonly StepRef[],
    work: (session: Session, select: Sql) => Promise<T>,
  ) {
    return this.#turn(title, async (session) => {
      const tallies = await beginTallies(session, refs, `${this.#prefix}_${++this.#made}`);
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

  #select(ref: StepRef): Sql {
    return compileNested(this.#plan, ref, this.#held, new Map());
  }

  #turn<T>(title: string, work: (session: Session) => Promise<T>): Promise<T> {
    const { signal } = this.#call;
    return this.#database.use(
      { title: `Running ${title}`, priority: 'background', signal },
      async (session) => {
        // Otherwise the scan of a large table may begin in its middle, and the order of rows would change from run to run.
        await session.run(sql`set synchronize_seqscans = off`);
        return work(session);
      },
    );
  }

  /** What was to flow into the statement that failed is not done: all from the culprit on, or all where it is not known. */
  #forget(planned: PlannedStep, culprit: string): void {
    for (const { id } of this.#plan.pipeline.steps) {
      const flows = feeds(this.#plan, id, planned, this.#held);
      const after = culprit === planned.step.id || upstream(this.#plan.pipeline.steps, id).has(culprit);
      if (flows && after && this.#plan.steps.get(id)?.definition?.reads === undefined)
        this.outcomes.delete(id);
    }
  }

  /** Rows flow through several steps in one statement: the first that fails alone is the one to name. */
  async #culprit(planned: PlannedStep, thrown: unknown): Promise<string> {
    if (
      this.#call.signal.aborted ||
      (thrown as { problem?: { code?: string } }).problem?.code !== 'sql_failed'
    )
      return planned.step.id;
    const flowing = [...this.#plan.steps.values()].filter(({ step }) =>
      feeds(this.#plan, step.id, planned, this.#held),
    );
    for (const { step, title } of flowing) {
      const select = this.#select({ step: step.id, output: 'rows' });
      const works = await this.#turn(title, (session) => countRows(session, select, 'values')).then(
        () => true,
        () => false,
      );
      if (!works) return step.id;
    }
    return planned.step.id;
  }
}

async function countRows(session: Session, select: Sql, what: 'rows' | 'values'): Promise<number> {
  const counted = what === 'rows' ? sql`count(*)` : sql`count(row(result.*))`;
  const { rows } = await session.one<{ rows: number }>(
    literals(sql`select ${counted} as rows from (${select}) as result`),
  );
  return Number(rows);
}
