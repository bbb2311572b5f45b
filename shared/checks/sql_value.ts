import { boundParams, boundsOf, limitWords } from '../check-bounds.ts';
import { defineCheck } from '../define-check.ts';
import { query } from '../params.ts';
import { sql, subselect } from '../sql.ts';

export default defineCheck({
  title: 'SQL that gives one value',
  class: 'business rule',
  icon: 'square-function',
  help: 'One SELECT of your own that gives one number, of one row and one column, and the limits it has to keep; it may join and look into anything. A table without rows is judged too.',
  params: {
    query: query('Query', 'It has to give one row with one number.', {
      placeholder: "select count(*) from orders where status = 'open'",
    }),
    ...boundParams('the value'),
  },
  says: ({ query, ...limits }) =>
    `The value of ${query.trim().replace(/\s+/g, ' ').slice(0, 120)} is ${limitWords(limits)}`,
  marks: () => [],
  whole: true,
  unit: () => '',
  metric: (_input, { query, ...limits }) => ({
    sql: sql`select v::float8 as value, v::text as exact from (select ${subselect(query)} as v) as one`,
    nothing: 'The query gave no value.',
    ...boundsOf(limits),
  }),
  examples: [
    {
      says: 'too many',
      params: {
        query: "select count(*) from checked where status = 'open'",
        min: null,
        max: 1,
        warnMin: null,
        warnMax: null,
      },
      table: { rows: [{ status: 'open' }, { status: 'open' }, { status: 'paid' }] },
      value: 2,
      verdict: 'fail',
    },
    {
      says: 'no value is no pass',
      params: { query: 'select max(n) from checked', min: 0, max: null, warnMin: null, warnMax: null },
      table: { types: { n: 'integer' }, rows: [{ n: null }] },
      value: null,
      verdict: 'not evaluated',
    },
  ],
});
