import { useEffect, useMemo, useState } from 'react';
import type { Pipeline, StepFreshness, StepSchema } from '../../../../shared/contract/pipelines.ts';
import type { Problem } from '../../../../shared/problem.ts';
import { useEngine } from '../../../use-engine.ts';

const nobody: Pipeline = { version: 1, name: 'none', steps: [], layout: {} };
const typingMs = 200;

/** A value once it has stood still for a moment. */
function useSettled<T>(value: T): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), typingMs);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

/** A pipeline without where its boxes stand: moving one asks nothing of the engine. */
export function useLogic(pipeline: Pipeline | undefined): Pipeline {
  const text = useMemo(() => JSON.stringify({ ...(pipeline ?? nobody), layout: {} }), [pipeline]);
  const settled = useSettled(text);
  return useMemo(() => JSON.parse(settled) as Pipeline, [settled]);
}

/** What the engine knows of each step without running it. */
export function useSchemas(pipeline: Pipeline | undefined): {
  readonly schemas: ReadonlyMap<string, StepSchema>;
  readonly problem: Problem | undefined;
} {
  const logic = useLogic(pipeline);
  const { data, problem } = useEngine(
    'pipelines',
    'describe',
    { pipeline: logic },
    {
      enabled: logic.steps.length > 0,
      keepPrevious: true,
      keepFor: 30_000,
      also: ['tables', 'import', 'query'],
    },
  );
  const schemas = useMemo(
    () => new Map(logic.steps.length > 0 ? data?.map((step) => [step.id, step]) : []),
    [data, logic],
  );
  return { schemas, problem };
}

/** Which steps a run would make anew and why, as the pipeline is on the canvas. */
export function useFreshness(pipeline: Pipeline | undefined): ReadonlyMap<string, StepFreshness> {
  const logic = useLogic(pipeline);
  const { data } = useEngine(
    'pipelines',
    'explain',
    { pipeline: logic },
    {
      enabled: logic.steps.length > 0,
      keepPrevious: true,
      keepFor: 30_000,
      also: ['tables', 'import', 'query'],
    },
  );
  return useMemo(() => new Map(data?.map((step) => [step.id, step])), [data]);
}
