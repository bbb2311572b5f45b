import { isNumeric } from '../column.ts';
import { defineCheck } from '../define-check.ts';
import { choice, column, number } from '../params.ts';
import { problem } from '../problem.ts';
import { ident, type Sql, sql } from '../sql.ts';

/** What is not a number, or infinite, lies outside: it has no part in where the others lie. */
const finite = (value: Sql): Sql =>
  sql`case when ${value} between '-1.7976931348623157e308'::float8 and '1.7976931348623157e308'::float8 then ${value} end`;

/** Among fewer numbers none can be told to lie outside. */
const fewest = 4;

const middle = (share: string, value: Sql): Sql =>
  sql`percentile_cont(${share}::float8) within group (order by ${value})`;

/** The middle and the spread of a column, from which the fence is drawn; and how far the fence stands off by itself. */
const fences: Readonly<
  Record<string, { readonly usual: number; readonly of: (value: Sql, from: Sql) => Sql }>
> = {
  iqr: {
    usual: 3,
    of: (value, from) => sql`select q1 as low, q3 as high, q3 - q1 as spread from
    (select ${middle('0.25', value)} as q1, ${middle('0.75', value)} as q3 from ${from}) as _quarters`,
  },
  mad: {
    usual: 5,
    of: (
      value,
      from,
    ) => sql`select m as low, m as high, 1.4826 * ${middle('0.5', sql`abs(${value} - m)`)} as spread from ${from},
    (select ${middle('0.5', value)} as m from ${from}) as _middle group by m`,
  },
  z: {
    usual: 4,
    of: (value, from) =>
      sql`select avg(${value}) as low, avg(${value}) as high, stddev_samp(${value}) as spread from ${from}`,
  },
};

export default defineCheck({
  title: 'No outliers',
  class: 'range',
  icon: 'chart-scatter',
  help: 'No number lies far outside of where the others lie. How far is counted in quartile distances beyond the quartiles, in median deviations from the median, or in standard deviations from the mean. Nulls are fine; NaN and the infinities are outliers. Where nearly all numbers are equal there is no spread to measure by, and the rule is not evaluated; where all are, nothing is an outlier.',
  params: {
    column: column('Column', 'Numbers.'),
    method: choice('Counted in', 'What the distance is measured by.', {
      iqr: 'quartile distances (IQR)',
      mad: 'median deviations (MAD)',
      z: 'standard deviations (z)',
    }),
    factor: number('At most', 'How many of them. Empty: 3, 5 and 4.', { optional: true }),
  },
  says: ({ column, method, factor }) =>
    `\`${column}\` has no outliers (${factor ?? fences[method]?.usual} ${method === 'z' ? 'standard deviations' : method.toUpperCase()})`,
  marks: ({ column }) => [column],
  judges: ({ from }, { column, method }) => {
    const value = sql`${ident(column)}::float8`;
    const enough = sql`(select count(${value}) >= ${fewest}::int and min(${value}) = max(${value}) from ${from})`;
    const { of } = fences[method] as NonNullable<(typeof fences)[string]>;
    const inner = finite(value);
    const spread = sql`(select count(${inner}) from ${from}) >= ${fewest}::int and (select spread from (${of(inner, from)}) as _fence) > 0`;
    return {
      when: sql`(${enough} or ${spread})`,
      without: `\`${column}\` has fewer than ${fewest} values, or so many equal ones that there is no spread to measure by.`,
    };
  },
  badRows: ({ columns, from, row }, { column, method, factor }) => {
    const type = columns.find(({ name }) => name === column)?.type ?? 'text';
    if (!isNumeric(type)) {
      throw problem('bad_input', `\`${column}\` is ${type}: only numbers have outliers.`);
    }
    const value = sql`${row}.${ident(column)}::float8`;
    const fence = fences[method] as NonNullable<(typeof fences)[string]>;
    const off = sql`_fence.spread * ${String(factor ?? fence.usual)}::float8`;
    return sql`select ${row}._row from ${from}, (${fence.of(finite(value), from)}) as _fence
where _fence.spread > 0 and (${value} < _fence.low - ${off} or ${value} > _fence.high + ${off})`;
  },
  examples: [
    {
      says: 'far outside of the quartiles',
      params: { column: 'n', method: 'iqr', factor: null },
      table: {
        types: { n: 'integer' },
        rows: [{ n: 1 }, { n: 2 }, { n: 3 }, { n: 4 }, { n: 5 }, { n: 90 }, { n: null }],
      },
      bad: [5],
    },
    {
      says: 'far from the median',
      params: { column: 'n', method: 'mad', factor: 5 },
      table: {
        types: { n: 'numeric' },
        rows: [{ n: '1' }, { n: '2' }, { n: '3' }, { n: '4' }, { n: '-40' }],
      },
      bad: [4],
    },
    {
      says: 'in standard deviations; where all are equal nothing stands out',
      params: { column: 'n', method: 'z', factor: 1.5 },
      table: { types: { n: 'integer' }, rows: [{ n: 1 }, { n: 1 }, { n: 1 }, { n: 1 }, { n: 9 }] },
      bad: [4],
    },
    {
      says: 'what is not a number, or infinite, is an outlier, and takes no part in the measure',
      params: { column: 'n', method: 'z', factor: null },
      table: {
        types: { n: 'double precision' },
        rows: ['1', '2', '3', '2', 'NaN', '-Infinity'].map((n) => ({ n })),
      },
      bad: [4, 5],
    },
    {
      says: 'no spread, nothing to measure by',
      params: { column: 'n', method: 'mad', factor: null },
      table: { types: { n: 'integer' }, rows: [{ n: 1 }, { n: 1 }, { n: 1 }, { n: 7 }] },
      bad: [],
      verdict: 'not evaluated',
    },
    {
      says: 'equal numbers have no outlier',
      params: { column: 'n', method: 'mad', factor: null },
      table: { types: { n: 'integer' }, rows: [{ n: 1 }, { n: 1 }, { n: 1 }, { n: 1 }] },
      bad: [],
    },
  ],
});
