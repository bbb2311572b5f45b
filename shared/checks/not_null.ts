import { defineCheck } from '../define-check.ts';
import { column, flag } from '../params.ts';
import { ident, sql } from '../sql.ts';

export default defineCheck({
  title: 'Filled in',
  class: 'completeness',
  icon: 'circle-dot',
  help: 'The column has a value in every row: null breaks the rule. Empty text is a value, unless you say that it counts as missing too.',
  params: {
    column: column('Column', 'It has to be filled in.'),
    emptyToo: flag('Empty text counts as missing', 'Text of no characters breaks the rule as well.'),
  },
  says: ({ column, emptyToo }) => `\`${column}\` is filled in${emptyToo ? ', and not with empty text' : ''}`,
  marks: ({ column }) => [column],
  byValue: true,
  breaks: (_input, { column, emptyToo }) =>
    emptyToo ? sql`(${ident(column)} is null or ${ident(column)}::text = '')` : sql`${ident(column)} is null`,
  kept: ({ figure }, { column, emptyToo }) => {
    const [nulls, empty] = [figure(column, 'nulls'), emptyToo ? (figure(column, 'empty') ?? 0) : 0];
    return nulls === undefined ? undefined : nulls + empty === 0;
  },
  examples: [
    {
      says: 'null breaks it, empty text does not',
      params: { column: 'name', emptyToo: false },
      table: { rows: [{ name: 'Ann' }, { name: null }, { name: '' }] },
      bad: [1],
    },
    {
      says: 'empty text breaks it where it counts as missing',
      params: { column: 'name', emptyToo: true },
      table: { rows: [{ name: 'Ann' }, { name: null }, { name: '' }, { name: ' ' }] },
      bad: [1, 2],
    },
  ],
});
