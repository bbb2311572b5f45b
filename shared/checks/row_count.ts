import { boundParams, boundsOf, limitWords, within } from '../check-bounds.ts';
import { defineCheck } from '../define-check.ts';
import { sql } from '../sql.ts';

export default defineCheck({
  title: 'Number of rows',
  class: 'completeness',
  icon: 'rows-3',
  help: 'The table has no fewer and no more rows than expected. A table without rows is judged too.',
  params: boundParams('the number of rows'),
  says: (limits) => `There are ${limitWords(limits, 'rows')}`,
  marks: () => [],
  unit: () => 'rows',
  metric: ({ from }, limits) => ({
    sql: sql`select count(*)::float8 as value from ${from}`,
    ...boundsOf(limits),
  }),
  kept: ({ rows }, limits) => within(rows, boundsOf(limits).fails),
  examples: [
    {
      says: 'two rows are too few where three are asked for',
      params: { min: 3, max: null, warnMin: null, warnMax: null },
      table: { rows: [{ a: '1' }, { a: '2' }] },
      value: 2,
      verdict: 'fail',
    },
    {
      says: 'the bounds themselves are allowed',
      params: { min: 2, max: 2, warnMin: null, warnMax: null },
      table: { rows: [{ a: '1' }, { a: null }] },
      value: 2,
      verdict: 'pass',
    },
    {
      says: 'an empty table has no rows, which is a number too',
      params: { min: 1, max: null, warnMin: null, warnMax: null },
      table: { types: { a: 'text' }, rows: [] },
      value: 0,
      verdict: 'fail',
    },
  ],
});
