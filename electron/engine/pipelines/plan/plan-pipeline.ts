import type { Pipeline } from '../../../../shared/contract/pipelines.ts';
import { inOrder } from '../../../../shared/pipeline-graph.ts';
import type { Session } from '../../database/database.ts';
import { type FunctionTraits, readFunctionTraits } from '../sql/function-traits.ts';
import { loadParser } from '../sql/read-relations.ts';
import { growingSteps } from './growing.ts';
import {
  type KnownView,
  knownViews,
  type ReadableTable,
  readableTables,
  renamedTables,
  unwatchedRelations,
} from './known-tables.ts';
import { orderedSteps } from './ordered-steps.ts';
import type { Plan, PlannedStep } from './plan.ts';
import { planStep } from './plan-step.ts';

/** What the database holds that a pipeline may read or call. */
export interface Surroundings {
  readonly tables: ReadonlyMap<string, ReadableTable>;
  readonly views: ReadonlyMap<string, KnownView>;
  readonly traits: FunctionTraits;
  /** What SQL can read beside them, whose changes nobody notes. */
  readonly unwatched: ReadonlySet<string>;
  /** What tables are called now, by the names that they had. */
  readonly renamed?: ReadonlyMap<string, string>;
}

/** Reads the surroundings as they are. */
export const readSurroundings = async (session: Session): Promise<Surroundings> => ({
  tables: await readableTables(session),
  views: await knownViews(session),
  traits: await readFunctionTraits(session),
  unwatched: await unwatchedRelations(session),
  renamed: await renamedTables(session),
});

/** Plans every step over the tables as they are; a broken one holds up only those after it. */
export async function planPipeline(
  session: Session,
  pipeline: Pipeline,
  around?: Surroundings,
): Promise<Plan> {
  const steps = new Map<string, PlannedStep>();
  const { ordered, circular } = inOrder(pipeline.steps);
  if (growingSteps(pipeline).length > 0) await loadParser();
  const { tables, views, traits, renamed = new Map() } = around ?? (await readSurroundings(session));
  const plan = { pipeline, tables, views, traits, renamed, circular, steps, ordered: orderedSteps(pipeline) };
  for (const step of ordered) steps.set(step.id, await planStep(session, plan, step));
  return plan;
}
