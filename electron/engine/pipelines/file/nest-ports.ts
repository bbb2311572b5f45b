import type { Pipeline, PipelineStep } from '../../../../shared/contract/pipelines.ts';
import { steps } from '../../../../shared/registry.ts';
import type { PipelineFile } from './pipeline-files.ts';

/** What a pipeline calls the rows that it is given where another uses it. */
export const inputsOf = ({ steps: all }: Pipeline): string[] =>
  all.flatMap(({ kind, params }) => steps.get(kind)?.takes?.(params as never) ?? []);

/**
 * The names of the inputs in the order in which a step has its connections: as it noted them, then what came since. One
 * input needs no name.
 */
export function portsOf({ ports = [] }: PipelineStep, wanted: readonly string[]): readonly string[] {
  if (wanted.length < 2 && ports.length < 2) return wanted;
  return [...ports, ...wanted.filter((name) => !ports.includes(name))];
}

/** Why the connections of a step are not those that the pipeline it uses takes. */
export function inputFault(
  name: string,
  wanted: readonly string[],
  { inputs }: PipelineStep,
  ports: readonly string[],
): string | undefined {
  const twice = wanted.find((one, at) => wanted.indexOf(one) !== at);
  if (twice !== undefined) return `Two inputs of "${name}" are called "${twice}".`;
  const takes = wanted.length === 0 ? 'no input' : wanted.map((one) => `"${one}"`).join(', ');
  const given = inputs.filter((input) => input !== '').length;
  const gone = ports.find((port, at) => inputs[at] && !wanted.includes(port));
  if (gone !== undefined) return `"${name}" has no input "${gone}" any more: it takes ${takes}.`;
  if (inputs.some((input, at) => input !== '' && at >= ports.length))
    return `"${name}" takes ${takes}; ${given === 1 ? 'one is' : `${given} are`} connected.`;
  const open = wanted.filter((one) => !inputs[ports.indexOf(one)]);
  if (open.length === 0) return undefined;
  const to = given === 0 ? '' : ` to ${open.map((one) => `"${one}"`).join(', ')}`;
  return `"${name}" takes ${takes}; nothing is connected${to}.`;
}

/** A pipeline in which steps that use others note which connection goes to which input; what is gone and open is let go. */
export const withPorts = (pipeline: Pipeline, files: readonly PipelineFile[]): Pipeline => ({
  ...pipeline,
  steps: pipeline.steps.map((step) => {
    const name = steps.get(step.kind)?.nests?.(step.params as never);
    const found = name && files.find((file) => file.name === name)?.pipeline;
    if (!found) return step;
    const wanted = inputsOf(found);
    const { ports: _before, ...rest } = step;
    const ports = portsOf(step, wanted);
    if (ports.length < 2) return rest;
    const kept = ports.flatMap((port, at) => (wanted.includes(port) || step.inputs[at] ? [at] : []));
    const inputs = kept.map((at) => step.inputs[at] ?? '');
    while (inputs.at(-1) === '') inputs.pop();
    return {
      ...rest,
      inputs: [...inputs, ...step.inputs.slice(ports.length)],
      ports: kept.map((at) => ports[at] ?? ''),
    };
  }),
});
