import type { Pipeline, PipelineStep } from '../../../../shared/contract/pipelines.ts';
import { schemaOf } from '../../../../shared/params.ts';
import { upstream } from '../../../../shared/pipeline-graph.ts';
import { steps } from '../../../../shared/registry.ts';

/** A step that reads only rows after those it has read. */
export interface Growing {
  readonly step: string;
  readonly table: string;
  readonly column: string;
}

/** The steps of a pipeline that read only what is new. */
export const growingSteps = ({ steps: all }: Pick<Pipeline, 'steps'>): Growing[] => all.flatMap(growingOf);

function growingOf({ id, kind, params }: PipelineStep): Growing[] {
  const definition = steps.get(kind);
  const parsed = definition && schemaOf(definition.params).safeParse(params);
  if (!definition || !parsed?.success) return [];
  const column = definition.onlyAfter?.(parsed.data as never);
  const table = definition.reads?.(parsed.data as never);
  return column === undefined || table === undefined ? [] : [{ step: id, table, column }];
}

/** True where what a step makes comes from a step that reads only what is new. */
export const growsWith = (pipeline: Pick<Pipeline, 'steps'>, step: string): boolean => {
  const before = upstream(pipeline.steps, step);
  return growingSteps(pipeline).some((growing) => before.has(growing.step));
};
