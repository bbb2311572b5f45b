import type { Pipeline, PipelineStep } from '../contract/pipelines.ts';
import { steps as definitions } from '../registry.ts';

/** A pipeline with the steps of a view on a table added, and what the last of them is called. */
export interface Extended {
  readonly pipeline: Pipeline;
  readonly last: string;
}

/**
 * Adds steps that begin with a table: after what the pipeline writes as this table, else after where it reads it, else as
 * a branch of their own.
 */
export function extendPipeline(
  pipeline: Pipeline,
  table: string,
  [first, ...rest]: readonly PipelineStep[],
): Extended {
  const steps = [...pipeline.steps];
  const ids = new Map<string, string>();
  const add = (step: PipelineStep) => {
    const id = freeId(step.id, steps);
    ids.set(step.id, id);
    steps.push({ ...step, id, inputs: step.inputs.map((input) => ids.get(input) ?? input) });
    return id;
  };
  let last = first && (beginningOf(pipeline, table) ?? add(first));
  if (first && last !== undefined) ids.set(first.id, last);
  for (const step of rest) last = add(step);
  return { pipeline: { ...pipeline, steps }, last: last ?? '' };
}

/** Where the rows of a table are in a pipeline; a step that reads only new rows has not all of them. */
function beginningOf({ steps }: Pipeline, table: string): string | undefined {
  const written = steps.find(
    ({ kind, params }) => definitions.get(kind)?.writes?.(params as never) === table,
  );
  if (written) return written.inputs[0];
  return steps.find(({ kind, params }) => {
    const definition = definitions.get(kind);
    return definition?.reads?.(params as never) === table && !definition.onlyAfter?.(params as never);
  })?.id;
}

function freeId(wanted: string, steps: readonly PipelineStep[]): string {
  let id = wanted;
  for (let number = 2; steps.some((step) => step.id === id); number++) id = `${wanted}_${number}`;
  return id;
}
