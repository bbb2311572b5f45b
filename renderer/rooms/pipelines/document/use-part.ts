import { useMemo } from 'react';
import type { Pipeline } from '../../../../shared/contract/pipelines.ts';
import { upstream } from '../../../../shared/pipeline-graph.ts';

/** Only what a step is made from, so that changes elsewhere ask nothing. */
export function usePart(pipeline: Pipeline, id: string): Pipeline {
  const text = useMemo(() => {
    const wanted = upstream(pipeline.steps, id);
    return JSON.stringify({ ...pipeline, steps: pipeline.steps.filter((step) => wanted.has(step.id)) });
  }, [pipeline, id]);
  return useMemo(() => JSON.parse(text) as Pipeline, [text]);
}
