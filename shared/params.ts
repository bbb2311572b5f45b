import { z } from 'zod';
import { byName } from './by-name.ts';

/** How a form draws a field. */
export type FieldKind =
  | 'column'
  | 'columns'
  | 'table'
  | 'pipeline'
  | 'model'
  | 'choice'
  | 'text'
  | 'number'
  | 'flag'
  | 'expression'
  | 'query'
  | 'values'
  | 'lines'
  | 'list'
  | 'settings';

/**
 * One parameter of a step or a rule. Type, validation, form and help all derive from it.
 * `initial` is what a new step starts with; it need not be valid yet (an empty name, say).
 */
export interface Field<T> {
  readonly is: FieldKind;
  readonly label: string;
  readonly help: string;
  readonly schema: z.ZodType<T>;
  readonly initial: T;
  /** For column fields: which input the column is of; 0 is the first. */
  readonly input?: number;
  /** For choices. */
  readonly options?: readonly { readonly value: string; readonly label: string }[];
  /** For lists: the fields of each entry. */
  readonly fields?: ParamShape;
  /** Shown in an empty box. */
  readonly placeholder?: string;
  /** True for texts that are values and no names. */
  readonly literal?: boolean;
  /** For texts that are the name of a table, whether it is there yet or not. */
  readonly names?: 'table';
  /** For models: the parameter that holds the version. */
  readonly version?: string;
}

/** The parameters of a definition, by name. */
export type ParamShape = { readonly [name: string]: Field<unknown> };

/** The values that fit a shape. */
export type ParamsOf<S> = { readonly [K in keyof S]: S[K] extends Field<infer T> ? T : never };

const needed = (label: string) => z.string().min(1, `${label} is not set`);

interface Extra {
  readonly input?: number;
  readonly placeholder?: string;
  readonly optional?: boolean;
  readonly names?: 'table';
  readonly version?: string;
}

const more = ({ optional: _, ...extra }: Extra): Omit<Extra, 'optional'> => extra;

const words =
  (is: FieldKind) =>
  (label: string, help: string, extra: Extra = {}): Field<string> => ({
    is,
    label,
    help,
    schema: extra.optional ? z.string() : needed(label),
    initial: '',
    ...more(extra),
  });

/** One column of an input. */
export const column = words('column');
/** A table of the workspace. */
export const table = words('table');
/** Another pipeline of the workspace. */
export const pipeline = words('pipeline');
/** A model that embeds on this computer; empty: the built-in one. `version` names the parameter that is set with it. */
export const model = (label: string, help: string, version: string): Field<string> =>
  words('model')(label, help, { optional: true, version });
/** Free text. */
export const text = words('text');
/** An SQL expression over the input's columns. */
export const expression = words('expression');
/** A whole SELECT. */
export const query = words('query');

/** A text as a file may hold it: numbers and booleans written by hand count as text, nothing as empty. */
const written = z.preprocess(
  (value) => (typeof value === 'number' || typeof value === 'boolean' ? String(value) : (value ?? '')),
  z.string(),
) as unknown as z.ZodType<string>;

/** A number, a date or a text as one writes it; empty where none is set. */
export const scalar = (label: string, help: string, extra: Extra = {}): Field<string> => ({
  is: 'text',
  label,
  help,
  schema: written,
  initial: '',
  ...more(extra),
});

/** A value as one writes it, spaces included; empty where none is set. */
export const literal = (label: string, help: string, extra: Extra = {}): Field<string> => ({
  ...scalar(label, help, extra),
  ...(extra.optional ? {} : { schema: needed(label) }),
  literal: true,
});

/** Text of several lines. */
export const textLines = (label: string, help: string, extra: Extra = {}): Field<string> => ({
  ...words('lines')(label, help, extra),
  literal: true,
});

/** Free texts, as many as one likes. */
export const values = (label: string, help: string): Field<readonly string[]> => ({
  is: 'values',
  label,
  help,
  schema: z.array(written).min(1, `${label}: add at least one`),
  initial: [],
});

/** Values of the parameters of another pipeline, by their names. */
export const settings = (label: string, help: string): Field<Readonly<Record<string, string>>> => ({
  is: 'settings',
  label,
  help,
  schema: byName(written),
  initial: {},
});

/** Several columns of an input. */
export const columns = (label: string, help: string, extra: Extra = {}): Field<readonly string[]> => ({
  is: 'columns',
  label,
  help,
  schema: extra.optional ? z.array(z.string()) : z.array(z.string()).min(1, `${label}: choose at least one`),
  initial: [],
  ...more(extra),
});

/** One of a few words; the first is the default. `options` maps each value to its label. */
export const choice = <const O extends Readonly<Record<string, string>>>(
  label: string,
  help: string,
  options: O,
): Field<keyof O & string> => {
  const values = Object.keys(options) as (keyof O & string)[];
  return {
    is: 'choice',
    label,
    help,
    schema: z.enum(values as [keyof O & string, ...(keyof O & string)[]]),
    initial: values[0] as keyof O & string,
    options: values.map((value) => ({ value, label: options[value] as string })),
  };
};

/** A number, or null where none is set. */
export const number = (label: string, help: string, extra: Extra = {}): Field<number | null> => ({
  is: 'number',
  label,
  help,
  schema: extra.optional ? z.number().nullable() : z.number(),
  initial: null,
  ...more(extra),
});

/** A whole number from one on: how many there are to be. */
export const howMany = (label: string, help: string, extra: Extra = {}): Field<number | null> => ({
  ...number(label, help, extra),
  schema: z.int(`${label}: a whole number`).min(1, `${label}: at least 1`),
});

/** Yes or no. */
export const flag = (label: string, help: string, initial = false): Field<boolean> => ({
  is: 'flag',
  label,
  help,
  schema: z.boolean(),
  initial,
});

/** Entries of a few fields each. `least` is how many there must be. */
export const list = <S extends ParamShape>(
  label: string,
  help: string,
  fields: S,
  least = 1,
): Field<readonly ParamsOf<S>[]> => ({
  is: 'list',
  label,
  help,
  schema: z.array(schemaOf(fields)).min(least, `${label}: add at least ${least}`) as unknown as z.ZodType<
    readonly ParamsOf<S>[]
  >,
  initial: [],
  fields,
});

/** The schema of a whole shape; a parameter that is left out takes its initial value before it is checked. */
export function schemaOf<S extends ParamShape>(shape: S): z.ZodType<ParamsOf<S>> {
  const fields = Object.entries(shape).map(([name, field]) => [
    name,
    z.preprocess((value) => (value === undefined ? field.initial : value), field.schema),
  ]);
  return z.strictObject(Object.fromEntries(fields)) as unknown as z.ZodType<ParamsOf<S>>;
}

/** What a new step or rule starts with: a list that must have entries starts with one to fill in. */
export const initialParams = (shape: ParamShape): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(shape).map(([name, { fields, schema, initial }]) => [
      name,
      fields && !schema.safeParse([]).success ? [initialParams(fields)] : initial,
    ]),
  );

/** Whether an entry of a list is as it was when it was added. */
export const isUnfilled = (fields: ParamShape, entry: Readonly<Record<string, unknown>>): boolean =>
  JSON.stringify({ ...initialParams(fields), ...entry }) === JSON.stringify(initialParams(fields));
