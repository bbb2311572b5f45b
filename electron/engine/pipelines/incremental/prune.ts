import type { Pipeline, PipelineStep } from '../../../../shared/contract/pipelines.ts';
import { parseRef } from '../../../../shared/pipeline-graph.ts';
import type { Session } from '../../database/database.ts';
import { growingSteps } from '../plan/growing.ts';
import { planPipeline, type Surroundings } from '../plan/plan-pipeline.ts';
import type { Freshness } from './freshness.ts';
import { reachKeys } from './reach-keys.ts';
import type { MadeFrom } from './step-keys.ts';

/** Steps that are stale only by what stands before them, and that no change there reaches, are fresh after all. */
export async function withoutUnreached(
  session: Session,
  pipeline: Pipeline,
  around: Surroundings,
  freshness: ReadonlyMap<string, Freshness>,
  written: (step: string) => string | undefined,
): Promise<ReadonlyMap<string, Freshness>> {
  const doubtful = pipeline.steps.filter(({ id }) => isDoubtful(freshness.get(id)));
  if (doubtful.length === 0 || growingSteps(pipeline).length > 0) return freshness;
  const keys = new Map([...freshness].flatMap(([id, { key }]) => (key ? [[id, key] as const] : [])));
  const reach = reachKeys(await planPipeline(session, pipeline, around), keys);
  const told = new Map(freshness);
  for (const step of doubtful) {
    const judged = freshness.get(step.id);
    if (!judged || judged.state?.reach !== reach.get(step.id) || written(step.id) !== undefined) continue;
    told.set(step.id, { ...judged, fresh: true, why: wordsOf(pipeline, step, freshness) });
  }
  return told;
}

/** True where a step's own part is as it was, and only the keys of what it reads are not. */
function isDoubtful(judged: Freshness | undefined): boolean {
  const { fresh, key, state } = judged ?? {};
  if (fresh || !key || !state?.reach || key.from.asks !== null) return false;
  return JSON.stringify(ownOf(key.from)) === JSON.stringify(ownOf(state.from)) && key.key !== state.key;
}

const ownOf = ({ kind, definition, params, inputs, reads, asks }: MadeFrom) => [
  kind,
  definition,
  Object.entries(params).sort(),
  inputs.map(([ref]) => ref),
  Object.entries(reads).sort(),
  asks,
];

/** The first step before it that changed by itself. */
function wordsOf(pipeline: Pipeline, step: PipelineStep, freshness: ReadonlyMap<string, Freshness>): string {
  const cause = causeBefore(pipeline, step, freshness);
  const changed = cause ? `${cause} changed` : 'what it reads changed';
  return `${changed}, but nothing of that comes to it`;
}

function causeBefore(
  pipeline: Pipeline,
  { inputs }: PipelineStep,
  freshness: ReadonlyMap<string, Freshness>,
): string | undefined {
  for (const input of inputs) {
    const source = pipeline.steps.find(({ id }) => id === parseRef(input).step);
    const judged = source && freshness.get(source.id);
    if (!source || !judged || judged.fresh) continue;
    return causeBefore(pipeline, source, freshness) ?? source.id;
  }
  return undefined;
}
