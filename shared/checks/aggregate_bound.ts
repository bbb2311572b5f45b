import { boundParams, boundsOf, limitWords } from '../check-bounds.ts';
import { defineCheck } from '../define-check.ts';
import { choice, column } from '../params.ts';
import { ident, type Sql, sql } from '../sql.ts';

const figures: Readonly<Record<string, (column: Sql) => Sql>> = {
  sum: (column) => sql`sum(${column})`,
  mean: (column) => sql`avg(${column})`,
  median: (column) => sql`percentile_cont(0.5) within group (order by ${column})`,
  smallest: (column) => sql`min(${column})`,
  largest: (column) => sql`max(${column})`,
  spread: (column) => sql`stddev_samp(${column})`,
  distinct: (column) => sql`case when count(*) > 0 then count(distinct ${column}) end`,
};

export default defineCheck({
  title: 'A figure within bounds',
  class: 'range',
  icon: 'sigma',
  help: 'The sum, the mean or another figure of a column stays within limits. Nulls are left out of it.',
  params: {
    column: column('Column', 'Numbers; for distinct values anything.'),
    figure: choice('Figure', 'What is computed.', {
      sum: 'sum',
      mean: 'mean',
      median: 'median',
      smallest: 'smallest',
      largest: 'largest',
      spread: 'standard deviation',
      distinct: 'distinct values',
    }),
    ...boundParams('the figure'),
  },
  says: ({ column, figure, ...limits }) => `The ${figure} of \`${column}\` is ${limitWords(limits)}`,
  marks: ({ column }) => [column],
  unit: () => '',
  counts: ({ figure }) => figure === 'distinct',
  metric: ({ from }, { column, figure, ...limits }) => ({
    sql: sql`select v::float8 as value, v::text as exact from
  (select ${(figures[figure] as (column: Sql) => Sql)(ident(column))} as v from ${from}) as one`,
    ...boundsOf(limits),
  }),
  examples: [
    {
      says: 'the mean is too high',
      params: { column: 'n', figure: 'mean', min: null, max: 2, warnMin: null, warnMax: null },
      table: { types: { n: 'integer' }, rows: [{ n: 1 }, { n: 4 }, { n: null }] },
      value: 2.5,
      verdict: 'fail',
    },
    {
      says: 'as many distinct values as expected',
      params: { column: 'c', figure: 'distinct', min: 2, max: 2, warnMin: null, warnMax: null },
      table: { rows: [{ c: 'a' }, { c: 'b' }, { c: 'a' }] },
      value: 2,
      verdict: 'pass',
    },
    {
      says: 'whole numbers are compared exactly, however large they are',
      params: {
        column: 'n',
        figure: 'largest',
        min: null,
        max: 9_007_199_254_740_992,
        warnMin: null,
        warnMax: null,
      },
      table: { types: { n: 'bigint' }, rows: [{ n: '9007199254740993' }] },
      value: 9_007_199_254_740_992,
      verdict: 'fail',
    },
    {
      says: 'of no numbers there is no sum',
      params: { column: 'n', figure: 'sum', min: 0, max: null, warnMin: null, warnMax: null },
      table: { types: { n: 'integer' }, rows: [{ n: null }] },
      value: null,
      verdict: 'not evaluated',
    },
  ],
});
