import type {
  Parameter,
  Pipeline,
  PipelineStep,
  StepFreshness,
} from '../../../../shared/contract/pipelines.ts';
import { upstream } from '../../../../shared/pipeline-graph.ts';
import type { Session } from '../../database/database.ts';
import { namesIn } from '../file/fill-parameters.ts';
import { type Freshness, readFreshness } from './freshness.ts';
import { planIncrements } from './increments.ts';
import { withIncrements } from './plan-increments.ts';

/**
 * How each step stands; `asRun` tells too, as a run would, whether of a table that grows only new rows would be read:
 * for that the table is looked through.
 */
export async function freshnessAhead(
  session: Session,
  pipeline: Pipeline,
  {
    folder,
    written,
    asRun,
  }: { readonly folder: string; readonly written: Pipeline; readonly asRun: boolean },
): Promise<ReadonlyMap<string, Freshness>> {
  const { around, freshness } = await readFreshness(session, pipeline, folder, written);
  if (!asRun || [...freshness.values()].every(({ fresh }) => fresh)) return freshness;
  const increments = await planIncrements(session, pipeline, around.tables, freshness, { full: false });
  return withIncrements(pipeline, freshness, increments);
}

/**
 * What is told of each step of a pipeline: whether a run would make it anew, and why. `written` has its parameters by
 * name; what uses one that was given no value cannot be judged yet, and says so as a run would.
 */
export function explained(
  whole: Pipeline,
  written: Pipeline,
  freshness: ReadonlyMap<string, Freshness>,
  given: Readonly<Record<string, string>>,
): StepFreshness[] {
  const open = (written.parameters ?? []).filter((one) => one.default === undefined && !(one.name in given));
  const lacking = new Map(
    written.steps.flatMap((step) => {
      const name = openNameIn(step, open);
      return name === undefined ? [] : [[step.id, name] as const];
    }),
  );
  return whole.steps.map(({ id, kind }) => {
    const { fresh = false, why = '' } = freshness.get(id) ?? {};
    const cause = [...upstream(whole.steps, id)].find((before) => lacking.has(before));
    if (cause === undefined) return { id, kind, status: fresh ? 'fresh' : 'stale', why };
    const words = `the parameter ${lacking.get(cause)} has no value yet`;
    return { id, kind, status: 'stale', why: cause === id ? words : `after ${cause}: ${words}` };
  });
}

const openNameIn = ({ params }: PipelineStep, open: readonly Parameter[]): string | undefined =>
  namesIn(params).find((name) => open.some((one) => one.name === name));
