import type { Pipeline, PipelineStep } from '../../../shared/contract/pipelines.ts';
import { parseRef, refText } from '../../../shared/pipeline-graph.ts';
import { steps } from '../../../shared/registry.ts';
import { titleOf } from '../../../shared/step-words.ts';
import { defaultValues, withParameters } from './parameters.ts';
import type { PipelineFile } from './pipeline-files.ts';

/** Why a step cannot use the pipeline that it names; stands at the step, to be told with its other problems. */
export const nestingFault = ({ kind, params, inputs, id, ...rest }: PipelineStep): string | undefined => {
  if (typeof rest['unusable'] === 'string') return rest['unusable'];
  const isNested = inputs.length === 1 && parseRef(inputs[0] ?? '').step.startsWith(innerId(id, ''));
  const names = steps.get(kind)?.nests?.(params as never);
  return !names || isNested ? undefined : `The pipeline "${names}" cannot be used from here.`;
};

/** Steps that use other pipelines with the steps of those before them; everything else as it was. */
export function nested(
  pipeline: Pipeline,
  files: readonly PipelineFile[],
  within: readonly string[] = [],
): Pipeline {
  const trail = [...within, pipeline.name];
  return { ...pipeline, steps: pipeline.steps.flatMap((step) => withInner(step, files, trail)) };
}

/** The id of a step of another pipeline among the steps of the one that uses it. */
const innerId = (outer: string, inner: string) => `${outer}__${inner}`;

function withInner(
  step: PipelineStep,
  files: readonly PipelineFile[],
  trail: readonly string[],
): PipelineStep[] {
  const name = steps.get(step.kind)?.nests?.(step.params as never);
  if (name === undefined || name === '') return [step];
  const fault = (unusable: string) => [{ ...step, unusable }];
  if (trail.includes(name)) return fault(`"${name}" uses itself, by way of ${trail.join(', ')}.`);
  const found = files.find((file) => file.name === name)?.pipeline;
  if (!found) return fault(`There is no pipeline "${name}".`);
  const open = found.parameters?.find(({ default: preset }) => preset === undefined);
  if (open) return fault(`"${name}" has a parameter "${open.name}" without a default: give it one there.`);
  const inner = nested(withTemplates(found), files, trail);
  const result = resultOf(inner);
  if (!result) return fault(`"${name}" does not say what it gives: add the step "Result" to it.`);
  const results = found.steps.filter(({ kind }) => steps.get(kind)?.gives);
  if (results.length > 1)
    return fault(`"${name}" has ${results.length} steps "Result", and a step gives one: remove the others.`);
  const wanted = inner.steps.flatMap(({ kind, params }) => steps.get(kind)?.takes?.(params as never) ?? []);
  const given = step.inputs.filter((input) => input !== '');
  if (wanted.length !== given.length) return fault(countWords(name, wanted, given.length));
  return [...innerSteps(step, inner, given), { ...step, inputs: [innerId(step.id, result.id)] }];
}

/** Its parameters have their defaults; each step remembers what stood there, to name them. */
function withTemplates(found: Pipeline): Pipeline {
  const filled = withParameters(found, defaultValues(found));
  const remembering = filled.steps.map((step, at) => ({ ...step, template: found.steps[at]?.params }));
  return { ...filled, steps: remembering };
}

/** A step's setting with parameters by name, whichever pipeline it is of. */
export const templateOf = ({ params, ...rest }: PipelineStep): PipelineStep['params'] =>
  (rest['template'] as PipelineStep['params'] | undefined) ?? params;

function countWords(name: string, wanted: readonly string[], given: number): string {
  const takes = wanted.length === 0 ? 'no input' : wanted.map((one) => `"${one}"`).join(', ');
  return `"${name}" takes ${takes}; ${given === 0 ? 'nothing is' : given === 1 ? 'one is' : `${given} are`} connected.`;
}

/** The step that says so, or the only one that nothing reads. */
function resultOf({ steps: all }: Pipeline): PipelineStep | undefined {
  const given = all.find(({ kind }) => steps.get(kind)?.gives);
  if (given) return given;
  const kept = all.filter(({ kind }) => steps.get(kind)?.writes === undefined);
  const read = new Set(kept.flatMap(({ inputs }) => inputs.map((input) => parseRef(input).step)));
  const [last, ...others] = kept.filter(({ id }) => !read.has(id));
  return others.length === 0 ? last : undefined;
}

/** The steps of a pipeline as they stand before the one that uses it: its inputs hand on what that is given. */
function innerSteps(outer: PipelineStep, inner: Pipeline, given: readonly string[]): PipelineStep[] {
  const handsOn = [...steps].find(([, { gives }]) => gives)?.[0] ?? '';
  const rest = [...given];
  return inner.steps
    .filter(({ kind }) => steps.get(kind)?.writes === undefined)
    .map((step) => {
      const { id, kind, inputs, params } = step;
      const named = { id: innerId(outer.id, id), title: `${titleOf(outer)}: ${titleOf(step)}` };
      if (steps.get(kind)?.takes)
        return { ...named, kind: handsOn, inputs: [rest.shift() ?? ''], params: {} };
      const renamed = inputs.map((input) => {
        const ref = parseRef(input);
        return input === '' ? '' : refText({ ...ref, step: innerId(outer.id, ref.step) });
      });
      return { ...step, ...named, inputs: renamed, params };
    });
}
