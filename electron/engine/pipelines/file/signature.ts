import type { Parameter, PipelineStep } from '../../../../shared/contract/pipelines.ts';
import { parseRef, type StepRef } from '../../../../shared/pipeline-graph.ts';

/** What a pipeline that is used as a step takes and gives. */
export interface Signature {
  /** What its inputs are called, in the order in which the step that uses it has its connections. */
  readonly inputs: readonly string[];
  /** Its results, each with the step within that gives it; the first are the rows of the step that uses it. */
  readonly outputs: readonly { readonly name: string; readonly step: string }[];
  readonly parameters: readonly Parameter[];
}

/** The signature of the pipeline that a step uses, as it was noted when its steps were put in. */
export const signatureOf = (step: PipelineStep | undefined): Signature | undefined =>
  step?.['signature'] as Signature | undefined;

/** The step within that gives an output of a step that uses a pipeline, or that step where it cannot; any other output is what it was. */
export function innerRef({ steps }: { readonly steps: readonly PipelineStep[] }, ref: StepRef): StepRef {
  if (ref.output === 'rows') return ref;
  const holder = steps.find(({ id }) => id === ref.step);
  const inner = signatureOf(holder)?.outputs.find(({ name }) => name === ref.output)?.step;
  if (inner === undefined) return ref;
  return { step: holder?.['unusable'] ? ref.step : inner, output: 'rows' };
}

/** The output that a text names, as `large` or `large.small`: that of the step within, where it is of one that is used. */
export const refIn = (pipeline: { readonly steps: readonly PipelineStep[] }, text: string): StepRef =>
  innerRef(pipeline, parseRef(text));
