import type { YAMLMap } from 'yaml';
import { z } from 'zod';
import type { CheckRule } from '../../../shared/contract/checks.ts';
import { neverFails } from '../../../shared/never-fails.ts';
import { nextBelow } from '../../../shared/next-number.ts';
import { ident, join, sql, toText } from '../../../shared/sql.ts';
import type { OwnEntry } from './contract-document.ts';

const value = z.union([z.string(), z.number(), z.boolean(), z.null()]);

/** A quality rule of the standard's own library, as any tool may write it. */
const libraryEntry = z.looseObject({
  metric: z.string(),
  description: z.string().optional(),
  severity: z.string().optional(),
  unit: z.string().optional(),
  arguments: z
    .looseObject({
      missingValues: z.array(value).optional(),
      validValues: z.array(value).optional(),
      pattern: z.string().optional(),
      properties: z.array(z.string()).optional(),
    })
    .default({}),
});

type Entry = z.output<typeof libraryEntry>;
export type Fault = { readonly fault: string };
type Kind = Pick<CheckRule, 'kind' | 'params'>;

/** Keys by which the standard says what a value has to be. */
export const operators = [
  'mustBe',
  'mustNotBe',
  'mustBeGreaterThan',
  'mustBeGreaterOrEqualTo',
  'mustBeLessThan',
  'mustBeLessOrEqualTo',
  'mustBeBetween',
  'mustNotBeBetween',
] as const;

/** What the standard's library measures that we have a kind for, by the standard's word. */
const kindsOf: Readonly<Record<string, (entry: Entry, column: string | null) => Kind | Fault>> = {
  nullValues: (_entry, column) => onColumn(column, (name) => notNull(name, false)),
  missingValues: ({ arguments: { missingValues: values = [null] } }, column) =>
    onColumn(column, (name) => missing(name, values)),
  invalidValues: ({ arguments: { validValues, pattern } }, column) =>
    onColumn(column, (name) => {
      if (validValues && !pattern) {
        // A null is no text "null": nulls are fine anyway.
        const values = validValues.filter((one) => one !== null).map(String);
        return { kind: 'accepted_values', params: { column: name, values } };
      }
      if (pattern && !validValues) return { kind: 'pattern', params: { column: name, pattern } };
      return { fault: 'invalidValues needs either validValues or a pattern among its arguments' };
    }),
  duplicateValues: ({ arguments: { properties } }, column) => {
    const columns = column === null ? properties : [column];
    return columns?.length
      ? { kind: 'unique', params: { columns } }
      : { fault: 'duplicateValues of a table needs properties among its arguments' };
  },
  rowCount: () => ({ kind: 'row_count', params: {} }),
};

const onColumn = (column: string | null, kind: (name: string) => Kind | Fault): Kind | Fault =>
  column === null ? { fault: 'it stands at no property, so that its column is not known' } : kind(column);

const notNull = (column: string, emptyToo: boolean): Kind => ({
  kind: 'not_null',
  params: { column, emptyToo },
});

function missing(column: string, values: readonly z.output<typeof value>[]): Kind {
  const texts = values.filter((one) => one !== null).map(String);
  if (texts.every((text) => text === '')) return notNull(column, texts.length > 0);
  const name = ident(column);
  const condition = toText(sql`${name} is not null and ${name}::text not in (${join(texts)})`);
  return { kind: 'business_rule', params: { condition } };
}

/** What is between the least and the most that is allowed; a side that is left out is open. */
export interface Span {
  readonly min?: number;
  readonly max?: number;
}

/** A quality rule of the library as one of our kinds, or why it is none. */
export function libraryRule({ node, property: column, id, columns }: OwnEntry): CheckRule | Fault {
  const parsed = libraryEntry.safeParse(withMetric(node));
  if (!parsed.success) return { fault: 'it is no rule of the standard: its arguments cannot be read' };
  const entry = withColumns(parsed.data, columns);
  const kind = Object.hasOwn(kindsOf, entry.metric) ? kindsOf[entry.metric]?.(entry, column) : undefined;
  if (!kind) return { fault: `there is no metric "${entry.metric}" in the standard's library` };
  if ('fault' in kind) return kind;
  const span = spanOf(entry, entry.unit === 'percent' ? 'any' : 'whole');
  if ('fault' in span) return span;
  const said = entry.description === undefined ? {} : { description: entry.description };
  const limits = limitsOf(entry, kind, span);
  if ('fault' in limits) return limits;
  return { id, ...said, ...limits };
}

/** The columns that a rule of a table is about, as the database calls them. */
function withColumns(entry: Entry, columns: OwnEntry['columns']): Entry {
  const { properties } = entry.arguments;
  if (!properties) return entry;
  const named = properties.map((name) => columns.get(name) ?? name);
  return { ...entry, arguments: { ...entry.arguments, properties: named } };
}

/** Version 3.0 of the standard called the metric a rule. */
function withMetric(node: YAMLMap): Record<string, unknown> {
  const plain = node.toJSON() as Record<string, unknown>;
  return { ...plain, metric: plain['metric'] ?? plain['rule'] };
}

/** What a value has to be, from the operators of an entry; beyond a bound is the next value of this kind of numbers. */
export function spanOf(entry: Readonly<Record<string, unknown>>, numbers: Numbers): Span | Fault {
  const used = operators.filter((name) => entry[name] !== undefined);
  const [name, second] = used;
  if (name === undefined || second !== undefined)
    return { fault: 'it needs exactly one of mustBe… and the like' };
  const given = entry[name];
  const pair = z.tuple([z.number(), z.number()]).safeParse(given).data;
  if (name === 'mustBeBetween' && pair) return { min: pair[0], max: pair[1] };
  if (typeof given === 'number') {
    if (name === 'mustBe') return { min: given, max: given };
    if (name === 'mustBeLessThan') return { max: below(given, numbers) };
    if (name === 'mustBeLessOrEqualTo') return { max: given };
    if (name === 'mustBeGreaterThan') return { min: -below(-given, numbers) };
    if (name === 'mustBeGreaterOrEqualTo') return { min: given };
  }
  return { fault: `${name} of this value cannot be evaluated here` };
}

/** What is measured: counts are whole, other figures are any that a double can hold. */
type Numbers = 'whole' | 'any';

/** The largest value that is less. */
function below(bound: number, numbers: Numbers): number {
  return numbers === 'whole' ? Math.ceil(bound) - 1 : nextBelow(bound);
}

/** Bad rows have an upper limit alone; a number of rows may have both. */
function limitsOf(
  { severity, unit }: Entry,
  { kind, params }: Kind,
  { min, max }: Span,
): Omit<CheckRule, 'id'> | Fault {
  const onlyWarns = severity === 'warning' || severity === 'info';
  if (kind === 'row_count') {
    if (unit === 'percent') return { fault: 'a number of rows is no percentage' };
    const bounds = { min: min ?? null, max: max ?? null, warnMin: null, warnMax: null };
    return { kind, params: bounds, failAbove: onlyWarns ? neverFails(false) : 0 };
  }
  if (max === undefined || max < 0 || (min ?? 0) > 0) {
    return { fault: 'that some rows have to be bad cannot be asked for here' };
  }
  const inRows = unit !== 'percent' && max > 0 ? { limitsIn: 'rows' as const } : {};
  if (!onlyWarns) return { kind, params, ...inRows, failAbove: max };
  return { kind, params, ...inRows, warnAbove: max, failAbove: neverFails('limitsIn' in inRows) };
}
