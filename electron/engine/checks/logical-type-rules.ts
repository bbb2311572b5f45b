import { z } from 'zod';
import type { CheckRule } from '../../../shared/contract/checks.ts';
import { ident, type Sql, sql, toText } from '../../../shared/sql.ts';

/** What the standard lets a property say of its logical type, as far as it is about values. */
export const logicalTypeOptions = z.looseObject({
  minimum: z.union([z.number(), z.string()]).optional(),
  maximum: z.union([z.number(), z.string()]).optional(),
  exclusiveMinimum: z.union([z.boolean(), z.number(), z.string()]).optional(),
  exclusiveMaximum: z.union([z.boolean(), z.number(), z.string()]).optional(),
  multipleOf: z.number().positive().optional(),
  minLength: z.number().optional(),
  maxLength: z.number().optional(),
  pattern: z.string().optional(),
  format: z.string().optional(),
});

type Options = z.output<typeof logicalTypeOptions>;

/** A rule without its id. */
export type Kind = Pick<CheckRule, 'kind' | 'params'>;

/** Formats of texts that we have a kind for; those of dates say how they are shown. */
const formats: Readonly<Record<string, (column: string) => Kind>> = {
  email: (column) => ({ kind: 'format', params: { column, format: 'email' } }),
  uuid: (column) => ({ kind: 'format', params: { column, format: 'uuid' } }),
  uri: (column) => ({ kind: 'format', params: { column, format: 'url' } }),
  ipv4: (column) => ({
    kind: 'pattern',
    params: { column, pattern: '^((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}$' },
  }),
  hostname: (column) => ({
    kind: 'pattern',
    params: {
      column,
      pattern:
        '^(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)*$',
    },
  }),
};

/** True for a format that says something of values, and that no rule of ours is made of. */
export const isUnknownFormat = (format: string, logicalType: string): boolean =>
  !Object.hasOwn(formats, format) && !/^(date|time|timestamp)$/.test(logicalType);

/** A rule, the words its id begins with, and the options that say it. */
type OptionRule = readonly [words: string, keys: readonly string[], kind: Kind];

/** The rules that a property's options say. */
export const optionRules = (column: string, options: Options): OptionRule[] => [
  ...boundRules(column, options),
  ...textRules(column, options),
];

function boundRules(column: string, options: Options): OptionRule[] {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = options;
  const rules: OptionRule[] = [];
  const low = exclusiveMinimum === true ? undefined : minimum;
  const high = exclusiveMaximum === true ? undefined : maximum;
  if (low !== undefined || high !== undefined) {
    const params = { column, min: String(low ?? ''), max: String(high ?? '') };
    rules.push(['range', ['minimum', 'maximum'], { kind: 'range', params }]);
  }
  const name = ident(column);
  // A number stands as one, so that a column of text is not compared letter by letter with it.
  const add = (words: string, keys: readonly string[], condition: Sql) =>
    rules.push([words, keys, { kind: 'business_rule', params: { condition: toText(condition) } }]);
  const above = strict(exclusiveMinimum, minimum);
  const below = strict(exclusiveMaximum, maximum);
  if (above !== undefined) add('above', strictKeys('Minimum', exclusiveMinimum), sql`${name} > ${above}`);
  if (below !== undefined) add('below', strictKeys('Maximum', exclusiveMaximum), sql`${name} < ${below}`);
  if (multipleOf !== undefined) {
    add('multiple', ['multipleOf'], sql`${name}::numeric % ${String(multipleOf)}::numeric = 0`);
  }
  return rules;
}

function textRules(column: string, { minLength, maxLength, pattern, format }: Options): OptionRule[] {
  const rules: OptionRule[] = [];
  if (minLength !== undefined || maxLength !== undefined) {
    const params = { column, min: minLength ?? null, max: maxLength ?? null };
    rules.push(['length', ['minLength', 'maxLength'], { kind: 'length', params }]);
  }
  if (pattern !== undefined) {
    rules.push(['pattern', ['pattern'], { kind: 'pattern', params: { column, pattern } }]);
  }
  const known = format === undefined || !Object.hasOwn(formats, format) ? undefined : formats[format];
  if (known) rules.push(['format', ['format'], known(column)]);
  return rules;
}

/** A bound that is itself not allowed: a value of its own, or in older versions of the standard a word beside the bound. */
function strict(
  exclusive: Options['exclusiveMinimum'],
  bound: number | string | undefined,
): number | string | undefined {
  if (exclusive === true) return bound;
  return exclusive === false ? undefined : exclusive;
}

const strictKeys = (
  side: 'Minimum' | 'Maximum',
  exclusive: Options['exclusiveMinimum'],
): readonly string[] =>
  exclusive === true ? [`exclusive${side}`, side.toLowerCase()] : [`exclusive${side}`];
