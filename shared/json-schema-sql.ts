import { problem } from './problem.ts';
import { ident, join, type Sql, sql } from './sql.ts';

type Schema = Readonly<Record<string, unknown>>;

const remarks = ['$schema', '$id', 'title', 'description', 'examples', 'default', '$comment'];
const deepest = 12;

/** Reads a schema that a person wrote. */
export function parseSchema(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw problem('bad_input', `The schema is not valid JSON: ${(thrown as Error).message}.`, {
      at: { param: 'schema' },
    });
  }
}

/** A condition that is true where a jsonb value keeps a schema, in SQL that every server runs. */
export function keepsSchema(value: Sql, schema: unknown, depth = 0): Sql {
  if (schema === true) return sql`true`;
  if (schema === false) return sql`false`;
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema) || depth > deepest) {
    throw refused('A schema is an object, true or false, and not too deep.');
  }
  const words = schema as Schema;
  refuseWrong(words);
  const other = Object.keys(words).find((word) => !known.includes(word) && !remarks.includes(word));
  if (other !== undefined) throw refused(`The word "${other}" is not understood.`);
  const parts = [
    ...general(value, words, depth),
    ...ofObject(value, words, depth),
    ...ofArray(value, words, depth),
    ...ofNumber(value, words),
    ...ofText(value, words),
  ];
  if (parts.length === 0 && depth === 0) throw refused('The schema says nothing of the values.');
  return parts.length === 0 ? sql`true` : sql`(${join(parts, sql` and `)})`;
}

const isCount = (value: unknown) => Number.isInteger(value) && Number(value) >= 0;
const isNumber = (value: unknown) => typeof value === 'number' && Number.isFinite(value);
const isText = (value: unknown) => typeof value === 'string';
const isTexts = (value: unknown) => Array.isArray(value) && value.every(isText);
const typeNames = ['string', 'number', 'integer', 'boolean', 'object', 'array', 'null'];

const takesAny = [() => true, 'anything'] as const;

/**
 * What is understood of JSON Schema, and what each word takes: another value would be understood as something else, and
 * another word is refused, for a rule that checks less than it says is worse than none.
 */
const takes: Readonly<Record<string, readonly [(value: unknown) => boolean, string]>> = {
  type: [
    (value) => [value].flat().every((one) => typeNames.includes(one as string)),
    `one of ${typeNames.join(', ')}`,
  ],
  enum: [Array.isArray, 'a list'],
  const: takesAny,
  required: [isTexts, 'a list of names'],
  properties: [(value) => typeof value === 'object' && value !== null && !Array.isArray(value), 'an object'],
  additionalProperties: takesAny,
  items: takesAny,
  minItems: [isCount, 'a whole number'],
  maxItems: [isCount, 'a whole number'],
  minLength: [isCount, 'a whole number'],
  maxLength: [isCount, 'a whole number'],
  minimum: [isNumber, 'a number'],
  maximum: [isNumber, 'a number'],
  exclusiveMinimum: [(value) => isNumber(value) || typeof value === 'boolean', 'a number'],
  exclusiveMaximum: [(value) => isNumber(value) || typeof value === 'boolean', 'a number'],
  pattern: [isText, 'a text'],
  anyOf: [(value) => Array.isArray(value) && value.length > 0, 'a list of schemas'],
};
const known = Object.keys(takes);

function refuseWrong(words: Schema): void {
  for (const [word, [fits, what]] of Object.entries(takes)) {
    if (word in words && !fits(words[word])) {
      throw refused(`"${word}" takes ${what}, not ${JSON.stringify(words[word])}.`);
    }
  }
  for (const side of ['Minimum', 'Maximum']) {
    if (words[`exclusive${side}`] === true && words[side.toLowerCase()] === undefined)
      throw refused(`"exclusive${side}" is true, and there is no "${side.toLowerCase()}".`);
  }
}

const refused = (message: string) =>
  problem('bad_input', message, {
    hint: `Understood are ${known.join(', ')}.`,
    at: { param: 'schema' },
  });

const json = (value: unknown) => sql`${JSON.stringify(value)}::text::jsonb`;
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value]);

/** True for other types, so that each word speaks of its own type alone, as the standard says. */
const onlyFor = (value: Sql, type: string, condition: Sql) =>
  sql`case when jsonb_typeof(${value}) = ${type} then ${condition} else true end`;

function isType(value: Sql, type: unknown): Sql {
  if (type !== 'integer') return sql`jsonb_typeof(${value}) = ${String(type)}`;
  return sql`case when jsonb_typeof(${value}) = 'number' then (${value} #>> '{}')::numeric % 1 = 0 else false end`;
}

function general(value: Sql, words: Schema, depth: number): Sql[] {
  const { type, enum: values, anyOf } = words;
  return [
    ...(type === undefined
      ? []
      : [
          sql`(${join(
            listOf(type).map((one) => isType(value, one)),
            sql` or `,
          )})`,
        ]),
    ...(values === undefined ? [] : [sql`${value} in (${join(listOf(values).map(json))})`]),
    ...('const' in words ? [sql`${value} = ${json(words['const'])}`] : []),
    ...(anyOf === undefined
      ? []
      : [
          sql`(${join(
            listOf(anyOf).map((one) => keepsSchema(value, one, depth + 1)),
            sql` or `,
          )})`,
        ]),
  ];
}

function ofObject(value: Sql, words: Schema, depth: number): Sql[] {
  const { required, properties, additionalProperties } = words;
  const named = Object.entries((properties ?? {}) as Schema);
  const parts = [
    ...listOf(required ?? []).map((name) => sql`${value} -> ${String(name)}::text is not null`),
    ...named.map(
      ([name, schema]) =>
        sql`(${value} -> ${name}::text is null or ${keepsSchema(sql`(${value} -> ${name}::text)`, schema, depth + 1)})`,
    ),
    ...(additionalProperties === false
      ? [sql`${value} - array[${join(named.map(([name]) => name))}]::text[] = '{}'::jsonb`]
      : []),
  ];
  if (additionalProperties !== undefined && typeof additionalProperties !== 'boolean') {
    throw refused('additionalProperties is true or false.');
  }
  return parts.length === 0 ? [] : [onlyFor(value, 'object', join(parts, sql` and `))];
}

function ofArray(value: Sql, words: Schema, depth: number): Sql[] {
  const { items, minItems, maxItems } = words;
  const item = ident(`_item${depth}`);
  const parts = [
    ...(minItems === undefined ? [] : [sql`jsonb_array_length(${value}) >= ${Number(minItems)}::int`]),
    ...(maxItems === undefined ? [] : [sql`jsonb_array_length(${value}) <= ${Number(maxItems)}::int`]),
    ...(items === undefined
      ? []
      : [
          sql`not exists (select from jsonb_array_elements(${value}) as ${item} (_value)
        where not ${keepsSchema(sql`${item}._value`, items, depth + 1)})`,
        ]),
  ];
  return parts.length === 0 ? [] : [onlyFor(value, 'array', join(parts, sql` and `))];
}

function ofNumber(value: Sql, words: Schema): Sql[] {
  const number = sql`(${value} #>> '{}')::numeric`;
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum } = words;
  const limit = (at: unknown) => sql`${String(Number(at))}::text::numeric`;
  const parts = [
    ...(minimum === undefined ? [] : [sql`${number} >= ${limit(minimum)}`]),
    ...(maximum === undefined ? [] : [sql`${number} <= ${limit(maximum)}`]),
    // In draft 4 the words stand beside the limits and say that these are themselves not allowed.
    ...strictly(exclusiveMinimum, minimum, (bound) => sql`${number} > ${limit(bound)}`),
    ...strictly(exclusiveMaximum, maximum, (bound) => sql`${number} < ${limit(bound)}`),
  ];
  return parts.length === 0 ? [] : [onlyFor(value, 'number', join(parts, sql` and `))];
}

function strictly(exclusive: unknown, bound: unknown, condition: (bound: unknown) => Sql): Sql[] {
  if (exclusive === undefined || exclusive === false) return [];
  return [condition(exclusive === true ? bound : exclusive)];
}

function ofText(value: Sql, words: Schema): Sql[] {
  const text = sql`(${value} #>> '{}')`;
  const { minLength, maxLength, pattern } = words;
  const parts = [
    ...(minLength === undefined ? [] : [sql`length(${text}) >= ${Number(minLength)}::int`]),
    ...(maxLength === undefined ? [] : [sql`length(${text}) <= ${Number(maxLength)}::int`]),
    ...(pattern === undefined ? [] : [sql`${text} ~ ${String(pattern)}`]),
  ];
  return parts.length === 0 ? [] : [onlyFor(value, 'string', join(parts, sql` and `))];
}
