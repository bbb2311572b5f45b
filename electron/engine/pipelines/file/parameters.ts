import { named } from '../../../../shared/by-name.ts';
import type { Parameter, Pipeline } from '../../../../shared/contract/pipelines.ts';
import { fitsParameter } from '../../../../shared/parameter-values.ts';
import { problem } from '../../../../shared/problem.ts';

/** Values of a pipeline's parameters by name, as texts. */
export type ParameterValues = Readonly<Record<string, string>>;

/** Each parameter's value: the given one, else its default. Refuses what is unknown, missing or of another type. */
export function parameterValues(pipeline: Pipeline, given: ParameterValues): ParameterValues {
  const parameters = pipeline.parameters ?? [];
  const unknown = Object.keys(given).find((name) => parameters.every((parameter) => parameter.name !== name));
  if (unknown !== undefined) {
    const known = parameters.map(({ name }) => name).join(', ');
    throw problem('bad_input', `"${pipeline.name}" has no parameter "${unknown}".`, {
      hint: known ? `Parameters: ${known}.` : 'It has no parameters.',
      at: { param: unknown },
    });
  }
  return Object.fromEntries(parameters.map((parameter) => [parameter.name, chosenValue(parameter, given)]));
}

function chosenValue(parameter: Parameter, given: ParameterValues): string {
  const { name, type, default: preset } = parameter;
  const value = named(given, name) ?? preset;
  const at = { param: name };
  if (value === undefined) {
    const hint = `Give it by --param ${name}=…, or a default in the pipeline.`;
    throw problem('bad_input', `The parameter "${name}" has no value.`, { hint, at });
  }
  if (fitsParameter(parameter, value)) return value;
  throw problem('bad_input', `The parameter "${name}" is to be ${type}, and "${value}" is not.`, { at });
}

/** Defaults, and nothing where there is none: enough to know columns before a run. */
export const defaultValues = ({ parameters = [] }: Pipeline): ParameterValues =>
  Object.fromEntries(
    parameters.flatMap(({ name, default: preset }) => (preset === undefined ? [] : [[name, preset]])),
  );
