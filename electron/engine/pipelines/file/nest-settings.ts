import { named } from '../../../../shared/by-name.ts';
import type { Parameter, Pipeline, PipelineStep } from '../../../../shared/contract/pipelines.ts';
import { fitsParameter } from '../../../../shared/parameter-values.ts';
import { type Problem, problem, toProblem } from '../../../../shared/problem.ts';
import { expression, nothing, Sql, sql, typeName } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';
import { type Filling, hasPlace, namesIn, withParameters } from './fill-parameters.ts';
import { defaultValues } from './parameters.ts';
import { signatureOf } from './signature.ts';

/** Why a step cannot use a pipeline, and which of its settings says so. */
export interface Unusable {
  readonly message: string;
  readonly param?: string | undefined;
}

/** What a step gives to the pipeline that it uses. */
export type Settings = Readonly<Record<string, string>>;

/** A pipeline with the values that a step gives it, its defaults for the rest, or why those cannot be. */
export function withSettings(
  found: Pipeline,
  set: Settings,
): { readonly filled: Pipeline } | { readonly unusable: Unusable } {
  const given = Object.entries(set).filter(([, written]) => written.trim() !== '');
  const chosen = new Map<string, Filling>(Object.entries(defaultValues(found)));
  for (const [name, written] of given) {
    const parameter = found.parameters?.find((one) => one.name === name);
    const value = parameter ? settingOf(parameter, written) : alien(found, name);
    if (isUnusable(value)) return { unusable: { ...value, param: `set.${name}` } };
    chosen.set(name, value);
  }
  const open = found.parameters?.find(({ name }) => !chosen.has(name));
  if (open) return { unusable: openWords(found, open.name) };
  const values = Object.fromEntries(chosen);
  const misplaced = inTexts(found, values);
  return misplaced === undefined
    ? { filled: withParameters(found, values) }
    : { unusable: { message: formulaWords(misplaced), param: `set.${misplaced}` } };
}

const isUnusable = (value: Filling | Unusable): value is Unusable =>
  typeof value === 'object' && !Sql.is(value);

const openWords = ({ name }: Pipeline, parameter: string): Unusable => ({
  message: `"${name}" has a parameter "${parameter}" without a default: give it a value here, or a default there.`,
  param: `set.${parameter}`,
});

const formulaWords = (name: string) =>
  `"${name}" stands in a text or a number there: give it a value, no formula.`;

/** A parameter that was given a formula and stands where only a value can. */
function inTexts(found: Pipeline, values: Readonly<Record<string, Filling>>): string | undefined {
  const formulas = Object.keys(values).filter((name) => Sql.is(named(values, name)));
  if (formulas.length === 0) return undefined;
  const probe = Object.keys(values).map(
    (name) => [name, Sql.is(named(values, name)) ? nothing : ''] as const,
  );
  const { steps } = withParameters(found, Object.fromEntries(probe));
  return steps.flatMap(({ params }) => namesIn(params)).find((name) => formulas.includes(name));
}

const alien = ({ name, parameters = [] }: Pipeline, wanted: string): Unusable => ({
  message: `"${name}" has no parameter "${wanted}"; it has ${parameters.map((one) => one.name).join(', ') || 'none'}.`,
});

function settingOf(parameter: Parameter, written: string): Filling | Unusable {
  const { name, type } = parameter;
  if (written.startsWith('=')) {
    try {
      return expression(written.slice(1));
    } catch (thrown) {
      return { message: toProblem(thrown).message };
    }
  }
  if (hasPlace(written) || fitsParameter(parameter, written)) return written;
  return { message: `"${name}" is to be ${type}, and "${written}" is not. To compute it, begin with =.` };
}

/** What is wrong with the formulas among them: they see parameters, and no columns of the pipeline that they go to. */
export async function formulaFault(session: Session, step: PipelineStep): Promise<Problem | undefined> {
  const { parameters } = signatureOf(step) ?? {};
  if (!parameters) return undefined;
  for (const [name, written] of Object.entries((step.params['set'] ?? {}) as Settings)) {
    const parameter = parameters.find((one) => one.name === name);
    if (!parameter || !written.startsWith('=')) continue;
    try {
      const formula = expression(written.slice(1));
      await session.describe(sql`select ${formula}::${typeName(parameter.type)} as value`);
    } catch (thrown) {
      const at = { step: step.id, param: `set.${name}` };
      return problem('bad_input', `${name}: ${toProblem(thrown).message}`, { at }).problem;
    }
  }
  return undefined;
}
