import type { PipelineStep } from './contract/pipelines.ts';
import { schemaOf } from './params.ts';
import { steps } from './registry.ts';

/** The name of a step on the canvas and in messages. */
export const titleOf = ({ title, id }: PipelineStep): string => title || id;

/** What a step is set to, in one line; empty while it is not valid. */
export function summaryOf({ kind, params }: PipelineStep): string {
  const definition = steps.get(kind);
  const parsed = definition && schemaOf(definition.params).safeParse(params);
  return definition && parsed?.success ? definition.summary(parsed.data) : '';
}
