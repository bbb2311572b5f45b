import type { Parameter, Pipeline, PipelineStep } from '../../../shared/contract/pipelines.ts';
import { fitsParameter } from '../../../shared/parameter-values.ts';
import type { Field, ParamShape } from '../../../shared/params.ts';
import { problem } from '../../../shared/problem.ts';
import { steps } from '../../../shared/registry.ts';
import { sql, toText, typeName } from '../../../shared/sql.ts';
import { lexUnfinished, type SqlToken } from '../../../shared/sql-lexer.ts';

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
  const value = given[name] ?? preset;
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

/** A pipeline with values in the places of its parameters: in formulas as typed literals, elsewhere as text. */
export function withParameters(pipeline: Pipeline, values: ParameterValues): Pipeline {
  if (!pipeline.parameters?.length) return pipeline;
  return {
    ...pipeline,
    steps: pipeline.steps.map((step) => filledStep(step, pipeline.parameters ?? [], values)),
  };
}

function filledStep(
  step: PipelineStep,
  parameters: readonly Parameter[],
  values: ParameterValues,
): PipelineStep {
  const definition = steps.get(step.kind);
  if (!definition) return step;
  return { ...step, params: filledShape(definition.params, step.params, parameters, values) };
}

function filledShape(
  shape: ParamShape,
  params: Readonly<Record<string, unknown>>,
  parameters: readonly Parameter[],
  values: ParameterValues,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, filled(shape[name], value, parameters, values)]),
  );
}

function filled(
  field: Field<unknown> | undefined,
  value: unknown,
  parameters: readonly Parameter[],
  values: ParameterValues,
): unknown {
  if (Array.isArray(value)) {
    return value.map((entry) =>
      field?.fields && typeof entry === 'object' && entry !== null
        ? filledShape(field.fields, entry as Record<string, unknown>, parameters, values)
        : filled(field && { ...field, is: 'text' }, entry, parameters, values),
    );
  }
  if (typeof value !== 'string') return value;
  const formula = field?.is === 'expression' || field?.is === 'query';
  const tokens = formula ? lexUnfinished(value) : [];
  const text = value.replaceAll(place, (written, name: string, at: number) => {
    const parameter = parameters.find((candidate) => candidate.name === name);
    if (!parameter) return written;
    if (!formula) return values[name] ?? '';
    const around = tokens.find(({ start, stop }) => start <= at && at < stop);
    return (
      withinQuotes(value, around, parameter, values[name]) ??
      toText(sql`(${values[name] ?? null}::${typeName(parameter.type)})`)
    );
  });
  if (text === value) return value;
  if (field?.is === 'number' && text.trim() !== '') return Number(text);
  return field?.is === 'flag' ? text === 'true' : text;
}

/** What stands in a text, a quoted name or a comment of a formula: the value as it is, its quotes doubled. */
function withinQuotes(
  formula: string,
  around: SqlToken | undefined,
  { name }: Parameter,
  value = '',
): string | undefined {
  if (around?.kind === 'comment') return name;
  if (around?.kind !== 'string' && around?.kind !== 'name') return undefined;
  const opening = formula.slice(around.start, around.stop);
  if (opening.startsWith('$')) return value.includes('$') ? undefined : value;
  const quoted = value.replaceAll(around.kind === 'name' ? '"' : "'", '$&$&');
  return /^(e|u&)/i.test(opening) ? quoted.replaceAll('\\', '\\\\') : quoted;
}

const place = /\{\{\s*([A-Za-z_]\w*)\s*\}\}/g;

/** The names in double braces that stand in a step's parameters; not those of columns or tables that are called so. */
export const namesIn = (
  params: Readonly<Record<string, unknown>>,
  called: readonly string[] = [],
): readonly string[] =>
  [...JSON.stringify(params).matchAll(place)]
    .filter(([written]) => !called.some((name) => name.includes(written)))
    .map(([, name = '']) => name);
