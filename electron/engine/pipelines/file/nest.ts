import { createHash } from 'node:crypto';
import type { Pipeline, PipelineStep } from '../../../../shared/contract/pipelines.ts';
import { schemaOf } from '../../../../shared/params.ts';
import { inputNames, parseRef, refText } from '../../../../shared/pipeline-graph.ts';
import { steps } from '../../../../shared/registry.ts';
import { titleOf } from '../../../../shared/step-words.ts';
import { inputFault, inputsOf, portsOf } from './nest-ports.ts';
import { type Settings, type Unusable, withSettings } from './nest-settings.ts';
import type { PipelineFile } from './pipeline-files.ts';
import { refIn, type Signature, signatureOf } from './signature.ts';

/** Why a step cannot use the pipeline that it names; stands at the step, to be told with its other problems. */
export function nestingFault(step: PipelineStep): Unusable | undefined {
  if (step['unusable']) return step['unusable'] as Unusable;
  const names = steps.get(step.kind)?.nests?.(step.params as never);
  return !names || signatureOf(step)
    ? undefined
    : { message: `The pipeline "${names}" cannot be used from here.` };
}

/** Steps that use other pipelines with the steps of those before them; everything else as it was. */
export function nested(
  pipeline: Pipeline,
  files: readonly PipelineFile[],
  within: readonly string[] = [],
): Pipeline {
  const trail = [...within, pipeline.name];
  const all = pipeline.steps.flatMap((step) => withInner(step, files, trail));
  return { ...pipeline, steps: all.map((step) => readingInner(step, all)) };
}

/** The step that uses the pipeline that a step is of, where it is of another one. */
export const holderOf = (step: PipelineStep | undefined): string | undefined =>
  step?.['within'] as string | undefined;

const longest = 48;

/** The id of a step of another pipeline among the steps of the one that uses it: short enough for a name in SQL. */
function innerId(outer: string, inner: string): string {
  const id = `${outer}__${inner}`;
  if (id.length <= longest) return id;
  return `${id.slice(0, longest - 9)}_${createHash('sha256').update(id).digest('hex').slice(0, 8)}`;
}

const writesNothing = ({ kind }: PipelineStep): boolean =>
  steps.get(kind)?.writes === undefined && steps.get(kind)?.exports === undefined;

/** What reads a named result reads the step that gives it, under the name that it had. */
function readingInner(step: PipelineStep, all: readonly PipelineStep[]): PipelineStep {
  const inputs = step.inputs.map((input) =>
    input.includes('.') ? refText(refIn({ steps: all }, input)) : input,
  );
  const same = inputs.every((input, at) => input === step.inputs[at]);
  return same ? step : { ...step, inputs, called: inputNames(step) };
}

function withInner(
  step: PipelineStep,
  files: readonly PipelineFile[],
  trail: readonly string[],
): PipelineStep[] {
  const name = steps.get(step.kind)?.nests?.(step.params as never);
  if (name === undefined || name === '') return [step];
  const fault = (message: string, param = 'pipeline') => [{ ...step, unusable: { message, param } }];
  if (trail.includes(name)) return fault(`"${name}" uses itself, by way of ${trail.join(', ')}.`);
  const found = files.find((file) => file.name === name)?.pipeline;
  if (!found) return fault(`There is no pipeline "${name}".`);
  const results = resultsOf(found);
  const wanted = inputsOf(found);
  const outputs = results.map((result, at) => ({
    name: givenName(result) || (at === 0 ? 'rows' : ''),
    step: innerId(step.id, result.id),
  }));
  const ports = portsOf(step, wanted);
  const signature: Signature = { inputs: ports, outputs, parameters: found.parameters ?? [] };
  const set = withSettings(found, (valuesOf(step)?.['set'] ?? {}) as Settings);
  const wrong = resultFault(name, outputs) ?? inputFault(name, wanted, step, ports);
  if (wrong !== undefined) return fault(wrong).map((one) => ({ ...one, signature }));
  if ('unusable' in set) return [{ ...step, unusable: set.unusable, signature }];
  const inner = nested(withTemplates(found, set.filled), files, trail);
  const given = wanted.map((one) => step.inputs[ports.indexOf(one)] ?? '');
  return [...innerSteps(step, inner, given), { ...step, inputs: [outputs[0]?.step ?? ''], signature }];
}

/** Each step remembers what stood in the places of parameters, to name them. */
const withTemplates = (found: Pipeline, filled: Pipeline): Pipeline => ({
  ...filled,
  steps: filled.steps.map((step, at) => ({ ...step, template: found.steps[at]?.params })),
});

/** A step's setting with parameters by name, whichever pipeline it is of. */
export const templateOf = ({ params, ...rest }: PipelineStep): PipelineStep['params'] =>
  (rest['template'] as PipelineStep['params'] | undefined) ?? params;

function resultFault(name: string, outputs: Signature['outputs']): string | undefined {
  if (outputs.length === 0) return `"${name}" does not say what it gives: add the step "Result" to it.`;
  const names = outputs.map((output) => output.name);
  if (names.includes(''))
    return `"${name}" has ${outputs.length} steps "Result": give each after the first a name there.`;
  const twice = names.find((one, at) => names.indexOf(one) !== at);
  return twice === undefined ? undefined : `Two results of "${name}" are called "${twice}".`;
}

function givenName(step: PipelineStep): string {
  const values = valuesOf(step);
  return (values && steps.get(step.kind)?.gives?.(values as never)) || '';
}

/** A step's parameters as its kind reads them; none where they are not right, which is told among its problems. */
function valuesOf({ kind, params }: PipelineStep): Readonly<Record<string, unknown>> | undefined {
  const definition = steps.get(kind);
  return definition && schemaOf(definition.params).safeParse(params).data;
}

/** The steps that say so, or the only one that nothing reads. */
function resultsOf({ steps: all }: Pipeline): PipelineStep[] {
  const given = all.filter(({ kind }) => steps.get(kind)?.gives);
  if (given.length > 0) return given;
  const kept = all.filter(writesNothing);
  const read = new Set(kept.flatMap(({ inputs }) => inputs.map((input) => parseRef(input).step)));
  const ends = kept.filter(({ id }) => !read.has(id));
  return ends.length === 1 ? ends : [];
}

/** The steps of a pipeline as they stand before the one that uses it: its inputs hand on what that is given. */
function innerSteps(outer: PipelineStep, inner: Pipeline, given: readonly string[]): PipelineStep[] {
  const handsOn = [...steps].find(([, { gives }]) => gives)?.[0] ?? '';
  const rest = [...given];
  return inner.steps.filter(writesNothing).map((step) => {
    const named = {
      id: innerId(outer.id, step.id),
      title: `${titleOf(outer)}: ${titleOf(step)}`,
      within: outer.id,
    };
    if (steps.get(step.kind)?.takes)
      return { ...named, kind: handsOn, inputs: [rest.shift() ?? ''], params: {} };
    const renamed = step.inputs.map((input) => {
      const ref = parseRef(input);
      return input === '' ? '' : refText({ ...ref, step: innerId(outer.id, ref.step) });
    });
    return { ...step, ...named, inputs: renamed, called: inputNames(step) };
  });
}
