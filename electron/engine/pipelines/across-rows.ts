import type { Pipeline, PipelineStep } from '../../../shared/contract/pipelines.ts';
import type { StepDefinition } from '../../../shared/define-step.ts';
import { schemaOf } from '../../../shared/params.ts';
import { inOrder, parseRef } from '../../../shared/pipeline-graph.ts';
import { steps as definitions } from '../../../shared/registry.ts';
import { formulasOf } from './formulas.ts';
import type { Growing } from './growing.ts';
import { hasWindow } from './read-relations.ts';

/** Which inputs of a step grow, by its id. */
type Grows = ReadonlyMap<string, readonly number[]>;

/**
 * Why new rows alone would not give the new rows of what comes out: a step on the way takes rows together, as a sum by
 * group does, or a file is written, which is always whole. Needs the parser.
 */
export function acrossRows(pipeline: Pipeline, growing: readonly Growing[]): string | undefined {
  const grows = new Map<string, readonly number[]>(growing.map(({ step }) => [step, []]));
  for (const step of inOrder(pipeline.steps).ordered) {
    const places = step.inputs.flatMap((input, at) => (grows.has(parseRef(input).step) ? [at] : []));
    if (places.length === 0) continue;
    const definition = definitions.get(step.kind);
    if (definition?.exports) return `${step.id}: a file is written as a whole`;
    const wanted = growingInputs(definition, step);
    const apart = wanted.join() === places.join() && places.every((at) => addsUp(pipeline, grows, step, at));
    if (!apart) return `${step.id}: its rows may depend on several others`;
    grows.set(step.id, places);
  }
  return undefined;
}

/** The inputs of which new rows, with none new in others, give the new rows of a step and nothing else. */
function growingInputs(
  definition: StepDefinition | undefined,
  { params, inputs }: PipelineStep,
): readonly number[] {
  const parsed = definition && schemaOf(definition.params).safeParse(params);
  if (!definition || !parsed?.success) return [];
  if (formulasOf(definition.params, parsed.data).some(({ written }) => hasWindow(written))) return [];
  const grows = definition.grows?.(parsed.data as never) ?? (definition.rowByRow ? [0] : []);
  return grows === 'all' ? inputs.map((_input, at) => at) : grows;
}

/** True where what an input reads is only added to: what found no place is, if it is of the one input that grows. */
function addsUp({ steps }: Pipeline, grows: Grows, { inputs }: PipelineStep, at: number): boolean {
  const ref = parseRef(inputs[at] ?? '');
  const kind = steps.find(({ id }) => id === ref.step)?.kind ?? '';
  const left = definitions.get(kind)?.left?.[ref.output];
  return !left || grows.get(ref.step)?.every((place) => place === (left.input ?? 0)) === true;
}
