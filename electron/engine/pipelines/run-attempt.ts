import type { WriteMode } from '../../../shared/define-step.ts';
import { refText, type StepRef, upstream } from '../../../shared/pipeline-graph.ts';
import { ident, literals, type Sql, sql } from '../../../shared/sql.ts';
import type { CallContext } from '../../../shared/wire.ts';
import type { Database, Session } from '../database/database.ts';
import { compile, type Held } from './compile.ts';
import { deduceCounts } from './count-rules.ts';
import type { Plan, PlannedStep } from './plan.ts';
import type { StepWork } from './run-strategy.ts';

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
  #hold({ title }: PlannedStep, ref: StepRef): Promise<void> {
    const name = ident('pg_temp', `${this.#prefix}_${++this.#made}`);
    return this.#turn(title, async (session) => {
      await session.run(literals(sql`create temp table ${name} as ${this.#select(ref)}`));
      const { rows } = await session.one<{ rows: number }>(sql`select count(*) as rows from ${name}`);
      this.counts.set(refText(ref), Number(rows));
      this.#held.set(refText(ref), name);
    });
  }

  async #stage({ title, step, definition, params }: PlannedStep, table: string): Promise<void> {
    const stage = `${this.#prefix}_${++this.#made}`;
    const name = ident('assay', stage);
    const select = this.#select({ step: step.id, output: 'rows' });
    await this.#turn(title, (session) =>
      session.run(
        literals(
          sql`create table ${name} as select row_number() over () as _row, result.* from (${select}) as result`,
        ),
      ),
    );
    const rows = await this.#turn(title, async (session) => {
      await session.run(sql`alter table ${name} add primary key (_row)`);
      return (await session.one<{ rows: number }>(sql`select coalesce(max(_row), 0) as rows from ${name}`))
        .rows;
    });
    this.counts.set(step.id, Number(rows));
    const into = definition?.into?.(params as never) ?? { mode: 'replace' };
    this.staged.push({ step: step.id, stage, table, rows: Number(rows), into });
  }

  async #count({ title, step }: PlannedStep, what: 'rows' | 'values'): Promise<void> {
    const rows = await this.#turn(title, (session) =>
      countRows(session, this.#select({ step: step.id, output: 'rows' }), what),
    );
    this.counts.set(step.id, rows);
  }

  #select(ref: StepRef): Sql {
    return compile(this.#plan, ref, this.#held as Held);
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

/** True where a step's rows reach another within one statement. */
function feeds(plan: Plan, id: string, { inputs }: PlannedStep, held: Held): boolean {
  return inputs.some((ref) => {
    const input = plan.steps.get(ref.step);
    return (
      !held.has(refText(ref)) && input !== undefined && (ref.step === id || feeds(plan, id, input, held))
    );
  });
}

async function countRows(session: Session, select: Sql, what: 'rows' | 'values'): Promise<number> {
  const counted = what === 'rows' ? sql`count(*)` : sql`count(row(result.*))`;
  const { rows } = await session.one<{ rows: number }>(
    literals(sql`select ${counted} as rows from (${select}) as result`),
  );
  return Number(rows);
}
