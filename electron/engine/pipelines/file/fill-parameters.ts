import { named } from '../../../../shared/by-name.ts';
import type { Parameter, Pipeline, PipelineStep } from '../../../../shared/contract/pipelines.ts';
import type { Field, ParamShape } from '../../../../shared/params.ts';
import { steps } from '../../../../shared/registry.ts';
import { Sql, sql, toText, typeName } from '../../../../shared/sql.ts';
import { lexUnfinished, type SqlToken } from '../../../../shared/sql-lexer.ts';

/** What stands for a parameter: its value as text, or a formula, which only formulas can hold. */
export type Filling = string | Sql;

interface Fillings {
  readonly parameters: readonly Parameter[];
  readonly values: Readonly<Record<string, Filling>>;
}

/** A pipeline with values in the places of its parameters: in formulas as typed literals, elsewhere as text. */
export function withParameters(pipeline: Pipeline, values: Fillings['values']): Pipeline {
  const { parameters } = pipeline;
  if (!parameters?.length) return pipeline;
  return { ...pipeline, steps: pipeline.steps.map((step) => filledStep(step, { parameters, values })) };
}

function filledStep(step: PipelineStep, by: Fillings): PipelineStep {
  const definition = steps.get(step.kind);
  if (!definition) return step;
  const given = Object.values(by.values).filter((value) => typeof value === 'string' && hasPlace(value));
  const params = filledShape(definition.params, step.params, by);
  return given.length > 0 ? { ...step, params, given } : { ...step, params };
}

/** Values that hold what looks like the place of a parameter: it is none. */
export const givenPlaces = (step: PipelineStep): readonly string[] =>
  (step['given'] as readonly string[] | undefined) ?? [];

const filledShape = (
  shape: ParamShape,
  params: Readonly<Record<string, unknown>>,
  by: Fillings,
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, filled(named(shape, name), value, by)]),
  );

function filled(field: Field<unknown> | undefined, value: unknown, by: Fillings): unknown {
  if (Array.isArray(value)) {
    return value.map((entry) =>
      field?.fields && typeof entry === 'object' && entry !== null
        ? filledShape(field.fields, entry as Record<string, unknown>, by)
        : filled(field && { ...field, is: 'text' }, entry, by),
    );
  }
  if (field?.is === 'settings') return filledSettings(value, by);
  if (typeof value !== 'string') return value;
  const formula = field?.is === 'expression' || field?.is === 'query';
  const text = formula ? filledFormula(value, by) : filledText(value, by);
  if (text === value) return value;
  if (field?.is === 'number' && text.trim() !== '' && !place.test(text)) return Number(text);
  return field?.is === 'flag' ? text === 'true' : text;
}

/** A text with values as they are; where there is only a formula, the name stays. */
function filledText(written: string, { parameters, values }: Fillings): string {
  return written.replaceAll(places, (whole, name: string) => {
    const value = named(values, name) ?? '';
    return parameters.every((one) => one.name !== name) || Sql.is(value) ? whole : value;
  });
}

function filledFormula(written: string, { parameters, values }: Fillings): string {
  const formula = withoutDollars(written, values);
  const tokens = lexUnfinished(formula);
  return formula.replaceAll(places, (whole, name: string, at: number) => {
    const parameter = parameters.find((candidate) => candidate.name === name);
    if (!parameter) return whole;
    const around = tokens.find(({ start, stop }) => start <= at && at < stop);
    const value = named(values, name);
    if (around?.kind === 'comment') return name;
    if (around?.kind !== 'string' && around?.kind !== 'name') return typed(parameter, value);
    return Sql.is(value) ? whole : withinQuotes(formula, around, value);
  });
}

const typed = ({ type }: Parameter, value: Filling | undefined): string =>
  toText(sql`(${value ?? null}::${typeName(type)})`);

/** What stands in a text or a quoted name of a formula: the value as it is, its quotes doubled. */
function withinQuotes(formula: string, { kind, start, stop }: SqlToken, value = ''): string {
  const opening = formula.slice(start, stop);
  if (opening.startsWith('$')) return value;
  const quoted = value.replaceAll(kind === 'name' ? '"' : "'", '$&$&');
  return /^(e|u&)/i.test(opening) ? quoted.replaceAll('\\', '\\\\') : quoted;
}

/** A text between dollars that takes up a value with dollars, which could end it, in plain quotes instead. */
function withoutDollars(written: string, values: Fillings['values']): string {
  return lexUnfinished(written)
    .map(({ kind, start, stop }) => ({ kind, text: written.slice(start, stop) }))
    .map(({ kind, text }) => {
      const open = kind === 'string' ? /^\$[^$]*\$/.exec(text)?.[0] : undefined;
      const taken = [...text.matchAll(places)].map(([, name = '']) => named(values, name));
      if (open === undefined || !taken.some((value) => typeof value === 'string' && value.includes('$')))
        return text;
      return `'${text.slice(open.length, -open.length).replaceAll("'", "''")}'`;
    })
    .join('');
}

/** Values that a step gives to the pipeline that it uses: each a text, or = and a formula. */
function filledSettings(value: unknown, by: Fillings): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, written]) => [
      name,
      typeof written === 'string' ? filledSetting(written, by) : written,
    ]),
  );
}

function filledSetting(written: string, by: Fillings): string {
  if (written.startsWith('=')) return filledFormula(written, by);
  const [, alone] = onlyPlace.exec(written) ?? [];
  const parameter = by.parameters.find(({ name }) => name === alone);
  const value = parameter && named(by.values, parameter.name);
  if (parameter && typeof value !== 'string') return `= ${typed(parameter, value)}`;
  const text = filledText(written, by);
  return text !== written && text.startsWith('=') ? `= ${toText(sql`${text}`)}` : text;
}

const place = /\{\{\s*([A-Za-z_]\w*)\s*\}\}/;
const places = new RegExp(place, 'g');
const onlyPlace = new RegExp(`^\\s*${place.source}\\s*$`);

/** Whether a parameter stands somewhere in a text. */
export const hasPlace = (text: string): boolean => place.test(text);

/** The names in double braces that stand in a step's parameters; not those of columns or tables that are called so. */
export const namesIn = (
  params: Readonly<Record<string, unknown>>,
  called: readonly string[] = [],
): readonly string[] =>
  [...JSON.stringify(params).matchAll(places)]
    .filter(([written]) => !called.some((name) => name.includes(written)))
    .map(([, name = '']) => name);
