import { isMap, type YAMLMap } from 'yaml';
import { z } from 'zod';
import type { CheckRule } from '../../../shared/contract/checks.ts';
import { ident, type Sql, sql, toText } from '../../../shared/sql.ts';
import { freeId, propertiesOf } from './contract-document.ts';

/** A rule that the properties of a contract say without a quality entry, and how it is taken out of them. */
export interface PropertyRule {
  readonly rule: CheckRule;
  readonly node: YAMLMap;
  readonly take: () => unknown;
}

/** What a property says about its values, in the words of the standard. */
const promises = z.looseObject({
  name: z.string(),
  required: z.boolean().optional(),
  unique: z.boolean().optional(),
  primaryKey: z.boolean().optional(),
  primaryKeyPosition: z.number().optional(),
  logicalType: z.string().optional(),
  logicalTypeOptions: z
    .looseObject({
      minimum: z.union([z.number(), z.string()]).optional(),
      maximum: z.union([z.number(), z.string()]).optional(),
      exclusiveMinimum: z.union([z.boolean(), z.number(), z.string()]).optional(),
      exclusiveMaximum: z.union([z.boolean(), z.number(), z.string()]).optional(),
      multipleOf: z.number().positive().optional(),
      minLength: z.number().optional(),
      maxLength: z.number().optional(),
      pattern: z.string().optional(),
      format: z.string().optional(),
    })
    .optional(),
});

type Promised = z.output<typeof promises>;
type Options = NonNullable<Promised['logicalTypeOptions']>;
type Kind = Pick<CheckRule, 'kind' | 'params'>;

interface Said extends Kind {
  /** What its id is made of. */
  readonly words: string;
  readonly node: YAMLMap;
  readonly take: () => unknown;
}

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

/** Every rule that the properties of a schema object say: filled in, unique, a key, and the options of their logical types. */
export function propertyRules(object: YAMLMap, taken: readonly string[]): PropertyRule[] {
  const read = propertiesOf(object).flatMap((node) => {
    const parsed = promises.safeParse(node.toJSON());
    return parsed.success ? [{ node, says: parsed.data }] : [];
  });
  const used = [...taken];
  const key = keyOf(read);
  const said = [...read.flatMap(({ node, says }) => saidBy(node, says, key?.take)), ...(key ? [key] : [])];
  return said.map(({ words, node, take, kind, params }) => {
    const id = freeId(words, used);
    used.push(id);
    return { rule: { id, kind, params, failAbove: 0 }, node, take };
  });
}

function saidBy(node: YAMLMap, says: Promised, dropKey: (() => void) | undefined): Said[] {
  const { name: column, required, unique, primaryKey, logicalTypeOptions: options = {} } = says;
  const said: Said[] = [];
  const add = (words: string, kind: Kind, take: () => unknown) =>
    said.push({ words: `${words}_${column}`, node, take, ...kind });
  if (required || primaryKey) {
    add('required', { kind: 'not_null', params: { column, emptyToo: false } }, () => {
      node.delete('required');
      if (primaryKey) dropKey?.();
    });
  }
  if (unique) {
    add('unique', { kind: 'unique', params: { columns: [column] } }, () => node.delete('unique'));
  }
  for (const [words, keys, kind] of optionRules(column, options)) {
    add(words, kind, () => dropOptions(node, keys));
  }
  return said;
}

type OptionRule = readonly [words: string, keys: readonly string[], kind: Kind];

const optionRules = (column: string, options: Options): OptionRule[] => [
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
): string | undefined {
  if (exclusive === true) return bound === undefined ? undefined : String(bound);
  return exclusive === undefined || exclusive === false ? undefined : String(exclusive);
}

const strictKeys = (
  side: 'Minimum' | 'Maximum',
  exclusive: Options['exclusiveMinimum'],
): readonly string[] =>
  exclusive === true ? [`exclusive${side}`, side.toLowerCase()] : [`exclusive${side}`];

function dropOptions(node: YAMLMap, keys: readonly string[]): void {
  const options = node.get('logicalTypeOptions', true);
  if (!isMap(options)) return;
  for (const key of keys) options.delete(key);
  if (options.items.length === 0) node.delete('logicalTypeOptions');
}

/** The primary key, of one or of several properties in the order of their positions. */
function keyOf(read: readonly { readonly node: YAMLMap; readonly says: Promised }[]): Said | undefined {
  const parts = read
    .filter(({ says }) => says.primaryKey)
    .toSorted((a, b) => (a.says.primaryKeyPosition ?? 0) - (b.says.primaryKeyPosition ?? 0));
  const [first] = parts;
  if (!first) return undefined;
  const take = () => {
    for (const { node } of parts) for (const key of ['primaryKey', 'primaryKeyPosition']) node.delete(key);
  };
  const columns = parts.map(({ says }) => says.name);
  return { words: 'primary_key', kind: 'unique', params: { columns }, node: first.node, take };
}
