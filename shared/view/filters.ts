import { z } from 'zod';
import { typeFamily } from '../column.ts';
import { join, nothing, type Sql, sql } from '../sql.ts';
import type { Place } from './place.ts';
import { type Comparable, samePattern, sameText, sameValue } from './same-meaning.ts';

const column = z.string();
const not = z.boolean().default(false);

/** One kind of filter: its fields, what it says, and its one definition for both engines. */
interface FilterKind<Schema extends z.ZodObject> {
  readonly fields: Schema;
  readonly says: (filter: z.output<Schema>) => string;
  /** True for types it may be put on. */
  readonly fits: (type: string) => boolean;
  readonly sql: (place: Place, filter: z.output<Schema>) => Sql;
  /** True where the columnar copy gives PostgreSQL's answer. */
  readonly same: (column: Comparable, filter: z.output<Schema>) => boolean;
}

const kindOfFilter = <Schema extends z.ZodObject>(kind: FilterKind<Schema>) => kind;

const anyType = () => true;
const ordered = (type: string) =>
  ['integer', 'decimal', 'float', 'date', 'time', 'timestamp', 'timestamptz', 'text'].includes(
    typeFamily(type),
  );
const dated = (type: string) => ['date', 'timestamp', 'timestamptz'].includes(typeFamily(type));

const shown = (value: string | null) => (value === null ? 'null' : value === '' ? '""' : value);

/** Negation that keeps rows without a value: what is null is not that value either. */
const negated = (condition: Sql, { value }: Place) => sql`(${value} is null or not ${condition})`;

const values = kindOfFilter({
  fields: z.object({ kind: z.literal('values'), column, values: z.array(z.string().nullable()).min(1), not }),
  says: ({ values, not }) => `is ${not ? 'not ' : ''}${values.map(shown).join(not ? ' nor ' : ' or ')}`,
  fits: anyType,
  sql(place, { values, not }) {
    const given = values.filter((value) => value !== null);
    const nulls = given.length < values.length;
    const among = sql`${place.value} in (${join(given.map(place.literal))})`;
    if (given.length === 0) return not ? sql`${place.value} is not null` : sql`${place.value} is null`;
    if (not) return nulls ? sql`(${place.value} is not null and not ${among})` : negated(among, place);
    return nulls ? sql`(${place.value} is null or ${among})` : among;
  },
  same: (column, { values }) => values.every((value) => value === null || sameValue(column, value)),
});

const range = kindOfFilter({
  fields: z.object({
    kind: z.literal('range'),
    column,
    from: z.string().optional(),
    to: z.string().optional(),
    /** The ends themselves are left out. */
    fromOpen: z.boolean().default(false),
    toOpen: z.boolean().default(false),
  }),
  says: ({ from, to, fromOpen, toOpen }) =>
    [
      from === undefined ? '' : `${fromOpen ? '>' : '≥'} ${from}`,
      to === undefined ? '' : `${toOpen ? '<' : '≤'} ${to}`,
    ]
      .filter(Boolean)
      .join(' and '),
  fits: ordered,
  sql({ value, literal }, { from, to, fromOpen, toOpen }) {
    const low = from === undefined ? [] : [sql`${value} ${fromOpen ? sql`>` : sql`>=`} ${literal(from)}`];
    const high = to === undefined ? [] : [sql`${value} ${toOpen ? sql`<` : sql`<=`} ${literal(to)}`];
    const ends = [...low, ...high];
    return ends.length === 0 ? sql`true` : sql`(${join(ends, sql` and `)})`;
  },
  same: (column, { from, to }) => [from, to].every((end) => end === undefined || sameValue(column, end)),
});

const folded = (text: Sql, ignoreCase: boolean) => (ignoreCase ? sql`lower(${text})` : text);
const quoted = (text: string) => `“${text}”`;

const contains = kindOfFilter({
  fields: z.object({
    kind: z.literal('contains'),
    column,
    text: z.string().min(1),
    ignoreCase: z.boolean().default(true),
    not,
  }),
  says: ({ text, ignoreCase, not }) =>
    `${not ? 'does not contain' : 'contains'} ${quoted(text)}${ignoreCase ? '' : ' (case counts)'}`,
  fits: anyType,
  sql(place, { text, ignoreCase, not }) {
    const found = sql`strpos(${folded(place.text, ignoreCase)}, ${folded(sql`${text}`, ignoreCase)}) > 0`;
    return not ? negated(sql`(${found})`, place) : found;
  },
  same: (column, { text, ignoreCase }) => sameText(column, text, ignoreCase),
});

const starts = kindOfFilter({
  fields: z.object({
    kind: z.literal('starts'),
    column,
    text: z.string().min(1),
    ignoreCase: z.boolean().default(true),
  }),
  says: ({ text, ignoreCase }) => `starts with ${quoted(text)}${ignoreCase ? '' : ' (case counts)'}`,
  fits: anyType,
  sql: ({ text: value }, { text, ignoreCase }) =>
    sql`starts_with(${folded(value, ignoreCase)}, ${folded(sql`${text}`, ignoreCase)})`,
  same: (column, { text, ignoreCase }) => sameText(column, text, ignoreCase),
});

const matches = kindOfFilter({
  fields: z.object({ kind: z.literal('matches'), column, pattern: z.string().min(1), not }),
  says: ({ pattern, not }) => `${not ? 'does not match' : 'matches'} ${pattern}`,
  fits: anyType,
  sql(place, { pattern, not }) {
    const found = place.matches(place.text, pattern);
    return not ? negated(sql`(${found})`, place) : found;
  },
  same: (column, { pattern }) => samePattern(column, pattern),
});

const filled = kindOfFilter({
  fields: z.object({ kind: z.literal('filled'), column, not }),
  says: ({ not }) => (not ? 'is null' : 'is not null'),
  fits: anyType,
  sql: ({ value }, { not }) => sql`${value} is ${not ? nothing : sql`not `}null`,
  same: ({ key }) => key !== null,
});

/** So many days, weeks, months or years that end with today, whole days all of them. */
const recent = kindOfFilter({
  fields: z.object({
    kind: z.literal('recent'),
    column,
    count: z.number().int().min(1).max(10_000),
    unit: z.enum(['day', 'week', 'month', 'year']),
  }),
  says: ({ count, unit }) => `is in the last ${count === 1 ? unit : `${count} ${unit}s`} (UTC)`,
  fits: dated,
  sql({ value, today }, { count, unit }) {
    const [span, day] = [sql`cast(${`${count} ${unit}`} as interval)`, sql`cast('1 day' as interval)`];
    return sql`(${value} >= ${today} - ${span} + ${day} and ${value} < ${today} + ${day})`;
  },
  same: ({ key }) => key !== null,
});

/** Every kind of filter by its name. */
export const filterKinds = { values, range, contains, starts, matches, filled, recent };

/** Any filter: its kind, the column it is on, and its fields. */
export const filter = z.discriminatedUnion('kind', [
  values.fields,
  range.fields,
  contains.fields,
  starts.fields,
  matches.fields,
  filled.fields,
  recent.fields,
]);

export type Filter = z.output<typeof filter>;

/** The kind of a filter, for filters of any kind. */
export const kindOf = (filter: Filter): FilterKind<z.ZodObject> =>
  filterKinds[filter.kind] as unknown as FilterKind<z.ZodObject>;
