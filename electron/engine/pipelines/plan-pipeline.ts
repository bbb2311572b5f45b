import type { Pipeline } from '../../../shared/contract/pipelines.ts';
import { inOrder } from '../../../shared/pipeline-graph.ts';
import type { Session } from '../database/database.ts';
import { readFunctionTraits } from './function-traits.ts';
import { readTables } from './known-tables.ts';
import type { Plan, PlannedStep } from './plan.ts';
import { planStep } from './plan-step.ts';

/** Plans every step over the tables as they are; a broken one holds up only those after it. */
export async function planPipeline(session: Session, pipeline: Pipeline): Promise<Plan> {
  const steps = new Map<string, PlannedStep>();
  const { ordered, circular } = inOrder(pipeline.steps);
  const tables = await readTables(session);
  const plan = { pipeline, tables, traits: await readFunctionTraits(session), circular, steps };
  for (const step of ordered) steps.set(step.id, await planStep(session, plan, step));
  return plan;
}
