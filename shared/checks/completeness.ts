import { boundParams, boundsOf, limitWords, within } from '../check-bounds.ts';
import { defineCheck } from '../define-check.ts';
import { column, flag } from '../params.ts';
import { ident, sql } from '../sql.ts';

export default defineCheck({
  title: 'Completeness',
  class: 'completeness',
  icon: 'percent',
  help: 'The share of rows that have a value, in percent, stays within limits: at least 95 %, say. Use "Filled in" to see each row that lacks one.',
  params: {
    column: column('Column', 'Its values are counted.'),
    emptyToo: flag('Empty text counts as missing', 'Text of spaces alone counts as missing as well.'),
    ...boundParams('the share of filled rows, in percent,'),
  },
  says: ({ column, ...limits }) => `\`${column}\` is filled in ${limitWords(limits, '%')} of rows`,
  marks: ({ column }) => [column],
  unit: () => '%',
  counts: () => true,
  metric: ({ from }, { column, emptyToo, ...limits }) => {
    const filled = emptyToo ? sql`trim(${ident(column)}::text) <> ''` : sql`${ident(column)} is not null`;
    return {
      sql: sql`select (100.0 * count(*) filter (where ${filled}) / nullif(count(*), 0))::float8 as value from ${from}`,
      ...boundsOf(limits),
    };
  },
  kept: ({ figure }, { column, emptyToo, ...limits }) => {
    const nulls = figure(column, 'nulls');
    return emptyToo || nulls === undefined ? undefined : within(100 - nulls, boundsOf(limits).fails);
  },
  examples: [
    {
      says: 'three of four are filled',
      params: { column: 'name', emptyToo: false, min: 80, max: null, warnMin: null, warnMax: null },
      table: { rows: [{ name: 'Ann' }, { name: '' }, { name: null }, { name: 'Bo' }] },
      value: 75,
      verdict: 'fail',
    },
    {
      says: 'a lower limit may only warn',
      params: { column: 'name', emptyToo: true, min: 20, max: null, warnMin: 60, warnMax: null },
      table: { rows: [{ name: 'Ann' }, { name: '  ' }, { name: null }, { name: 'Bo' }] },
      value: 50,
      verdict: 'warn',
    },
    {
      says: 'of no rows there is no share',
      params: { column: 'name', emptyToo: false, min: 80, max: null, warnMin: null, warnMax: null },
      table: { types: { name: 'text' }, rows: [] },
      value: null,
      verdict: 'not evaluated',
    },
  ],
});
