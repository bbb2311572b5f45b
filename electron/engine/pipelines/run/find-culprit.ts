import { type StepRef, upstream } from '../../../../shared/pipeline-graph.ts';
import { toProblem } from '../../../../shared/problem.ts';
import type { Sql } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';
import type { Held } from '../plan/compile.ts';
import type { Plan, PlannedStep } from '../plan/plan.ts';
import { countRows } from './count-rows.ts';
import { feeds } from './flowing.ts';

/** A run under way, for looking into what it could not do. */
export interface UnderWay {
  readonly plan: Plan;
  readonly held: Held;
  /** One output as a select over what is held and the tables. */
  select(ref: StepRef): Sql;
  turn<T>(title: string, work: (session: Session) => Promise<T>): Promise<T>;
}

/** Rows flow through several steps in one statement: the first that fails alone is the one to name. */
export async function findCulprit(run: UnderWay, failed: PlannedStep, thrown: unknown): Promise<string> {
  if (toProblem(thrown).code !== 'sql_failed') return failed.step.id;
  for (const { step, title } of flowingInto(run, failed)) {
    const select = run.select({ step: step.id, output: 'rows' });
    const works = await run
      .turn(title, (session) => countRows(session, select, 'values'))
      .then(
        () => true,
        () => false,
      );
    if (!works) return step.id;
  }
  return failed.step.id;
}

const flowingInto = ({ plan, held }: UnderWay, failed: PlannedStep): PlannedStep[] =>
  [...plan.steps.values()].filter(({ step }) => feeds(plan, step.id, failed, held));

/** What was to flow into the statement that failed is not done: all from the culprit on, or all where it is not known. */
export const notDone = (run: UnderWay, failed: PlannedStep, culprit: string): string[] =>
  flowingInto(run, failed)
    .filter(
      ({ step, definition }) =>
        definition?.reads === undefined &&
        (culprit === failed.step.id || upstream(run.plan.pipeline.steps, step.id).has(culprit)),
    )
    .map(({ step }) => step.id);
