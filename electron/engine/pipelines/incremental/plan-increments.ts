import type { Pipeline } from '../../../../shared/contract/pipelines.ts';
import type { Session } from '../../database/database.ts';
import { lastByKey } from '../plan/across-rows.ts';
import { growingSteps } from '../plan/growing.ts';
import type { Plan } from '../plan/plan.ts';
import { planPipeline, type Surroundings } from '../plan/plan-pipeline.ts';
import type { Freshness } from './freshness.ts';
import type { Increments } from './increments.ts';

/** Plans a run in which tables that grow stand for their new rows alone, where only those are read. */
export async function planWith(
  session: Session,
  pipeline: Pipeline,
  around: Surroundings,
  increments: Increments | undefined,
): Promise<Plan> {
  if (!increments) return planPipeline(session, pipeline, around);
  const tables = new Map(around.tables);
  if (increments.read === 'new')
    for (const { table } of increments.after.values()) tables.set(table.name, table);
  return { ...(await planPipeline(session, pipeline, { ...around, tables })), read: increments.read };
}

/** How each step stands, with what of a growing table is read and why. */
export function withIncrements(
  pipeline: Pipeline,
  freshness: ReadonlyMap<string, Freshness>,
  increments: Increments | undefined,
): ReadonlyMap<string, Freshness> {
  if (!increments) return freshness;
  const told = new Map(freshness);
  for (const { step } of growingSteps(pipeline)) {
    const judged = freshness.get(step);
    const says =
      increments.read === 'new'
        ? increments.after.get(step)?.says
        : `all rows are read, because ${increments.because}`;
    if (judged && !judged.fresh) told.set(step, { ...judged, why: `${judged.why}; ${says}` });
  }
  for (const [step, column] of lastByKey(pipeline)) {
    const judged = told.get(step);
    const says = `of several rows of a key the last by ${column} counts`;
    if (judged && !judged.fresh) told.set(step, { ...judged, why: `${judged.why}; ${says}` });
  }
  return told;
}
