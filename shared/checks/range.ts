import { type Column, typeFamily } from '../column.ts';
import { comparedAs } from '../compared-as.ts';
import { defineCheck } from '../define-check.ts';
import { filledRows } from '../judged-rows.ts';
import { column, scalar } from '../params.ts';
import { problem } from '../problem.ts';
import { keptRange } from '../remembered-range.ts';
import { ident, join, type Sql, sql, typeName } from '../sql.ts';

const ordered = ['integer', 'decimal', 'float', 'date', 'time', 'timestamp', 'timestamptz', 'interval'];

const units = 'second|minute|hour|day|week|month|year';
const relative = new RegExp(`^(now|today)(?:\\s*([+-])\\s*(\\d+)\\s*(${units})s?)?$`, 'i');

/** Whole numbers compare far faster with a whole number than with a decimal one. */
const plainer = (written: string, type: string) =>
  type === 'numeric' && /^\s*-?\d{1,18}\s*$/.test(written) ? 'bigint' : type;

/** A bound as SQL: `today`, `now - 3 hours` and the like follow the clock, anything else is a value. */
function boundOf(written: string, type: string): Sql {
  const [, from, sign, many, unit] = relative.exec(written.trim()) ?? [];
  if (from === undefined) return sql`${written}::${typeName(plainer(written, type))}`;
  const start = from.toLowerCase() === 'today' ? sql`current_date` : sql`now()`;
  const moved = many === undefined ? start : sql`(${start} + ${`${sign}${many} ${unit}`}::interval)`;
  return sql`${moved}::${typeName(type)}`;
}

/** The column's type for comparing, where it has an order that people mean by "between". */
function comparable(name: string, type: string): string {
  if (ordered.includes(typeFamily(type))) return comparedAs(type);
  throw problem('bad_input', `\`${name}\` is ${type}: only numbers, dates and times have a range.`, {
    hint: 'Give the column another type, or use a business rule.',
  });
}

function bounds(columns: readonly Column[], column: string, min: string, max: string) {
  if (!min && !max) {
    throw problem('bad_input', 'The range has no bounds.', { hint: 'Set a lower or an upper bound.' });
  }
  const type = comparable(column, columns.find(({ name }) => name === column)?.type ?? 'text');
  return { low: min ? boundOf(min, type) : undefined, high: max ? boundOf(max, type) : undefined };
}

/** To PostgreSQL NaN is greater than every number, so that only an upper bound would find it. */
const mayBeNaN = (columns: readonly Column[], name: string) =>
  ['float', 'decimal'].includes(typeFamily(columns.find((one) => one.name === name)?.type ?? 'text'));

export default defineCheck({
  title: 'Within a range',
  class: 'range',
  icon: 'ruler',
  help: 'Values lie between the two bounds, which are themselves allowed; an empty bound is open. Nulls are fine. A date stands for its midnight where the column has a time of day; "today" and "now" follow the clock.',
  params: {
    column: column('Column', 'Numbers, dates or times.'),
    min: scalar(
      'At least',
      'A number, a date such as 2026-01-31, or today - 30 days. Empty: no lower bound.',
    ),
    max: scalar('At most', 'A number, a date such as 2026-12-31, or now + 2 hours. Empty: no upper bound.'),
  },
  says: ({ column, min, max }) =>
    min && max
      ? `\`${column}\` is between ${min} and ${max}`
      : `\`${column}\` is ${min ? `at least ${min}` : `at most ${max}`}`,
  marks: ({ column }) => [column],
  judges: (_input, { column }) => filledRows([column]),
  byValue: true,
  breaks: ({ columns }, { column, min, max }) => {
    const { low, high } = bounds(columns, column, min, max);
    const below = low ? [sql`${ident(column)} < ${low}`] : [];
    const above = high ? [sql`${ident(column)} > ${high}`] : [];
    const neither = !high && mayBeNaN(columns, column) ? [sql`${ident(column)} = 'NaN'`] : [];
    return sql`(${join([...below, ...above, ...neither], sql` or `)})`;
  },
  sure: ({ columns }, { column, min, max }) => {
    const { low, high } = bounds(columns, column, min, max);
    const above = low ? [sql`coalesce(min(${ident(column)}) >= ${low}, true)`] : [];
    const below = high ? [sql`coalesce(max(${ident(column)}) <= ${high}, true)`] : [];
    const neither =
      !high && mayBeNaN(columns, column) ? [sql`coalesce(max(${ident(column)}) <> 'NaN', true)`] : [];
    return sql`(${join([...above, ...below, ...neither], sql` and `)})`;
  },
  kept: (load, { column, min, max }) => keptRange(load, column, { min, max }),
  quotes: true,
  examples: [
    {
      says: 'the bounds themselves are allowed, nulls are fine',
      params: { column: 'age', min: '0', max: '120' },
      table: {
        types: { age: 'integer' },
        rows: [{ age: 0 }, { age: 120 }, { age: -1 }, { age: 121 }, { age: null }],
      },
      bad: [2, 3],
    },
    {
      says: 'an empty bound is open, dates are written as YYYY-MM-DD',
      params: { column: 'day', min: '2026-01-01', max: '' },
      table: {
        types: { day: 'date' },
        rows: [{ day: '2025-12-31' }, { day: '2026-01-01' }, { day: '9999-12-31' }],
      },
      bad: [0],
    },
    {
      says: 'a bound may follow the clock',
      params: { column: 'day', min: 'today - 30 years', max: 'now + 2 days' },
      table: {
        types: { day: 'date' },
        rows: [{ day: '1950-01-01' }, { day: '2020-01-01' }, { day: '2999-01-01' }],
      },
      bad: [0, 2],
    },
    {
      says: 'what is no number is in no range',
      params: { column: 'price', min: '0', max: '' },
      table: {
        types: { price: 'double precision' },
        rows: [{ price: 'NaN' }, { price: 1 }, { price: null }],
      },
      bad: [0],
    },
    {
      says: 'fractions are compared exactly',
      params: { column: 'price', min: '', max: '0.30' },
      table: { types: { price: 'numeric(10,3)' }, rows: [{ price: '0.300' }, { price: '0.301' }] },
      bad: [1],
    },
  ],
});
