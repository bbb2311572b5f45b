import { comparedAs } from '../compared-as.ts';
import { defineCheck } from '../define-check.ts';
import { filledRows } from '../judged-rows.ts';
import { column, values } from '../params.ts';
import { ident, join, sql, typeName } from '../sql.ts';

const shown = 12;

export default defineCheck({
  title: 'One of these values',
  class: 'range',
  icon: 'list-checks',
  help: 'The column holds only these values. Text is compared letter by letter, case and spaces included; numbers and dates by value. Nulls are fine.',
  params: {
    column: column('Column', 'Its values are looked up in the list.'),
    values: values('Values', 'All that are accepted.'),
  },
  says: ({ column, values }) => {
    const rest = values.length > shown ? ` and ${values.length - shown} more` : '';
    return `\`${column}\` is one of ${values.slice(0, shown).join(', ')}${rest}`;
  },
  marks: ({ column }) => [column],
  judges: (_input, { column }) => filledRows([column]),
  byValue: true,
  breaks: ({ columns }, { column, values }) => {
    const as = typeName(comparedAs(columns.find(({ name }) => name === column)?.type ?? 'text'));
    return sql`${ident(column)}::${as} not in (${join(values.map((value) => sql`${value}::${as}`))})`;
  },
  kept: ({ figure }, { column, values }) =>
    (figure(column, 'distinct') ?? 0) > new Set(values).size ? false : undefined,
  allows: ({ column, values }) => ({ column, values }),
  quotes: true,
  examples: [
    {
      says: 'case and spaces matter, nulls are fine',
      params: { column: 'status', values: ['paid', 'sent'] },
      table: {
        rows: [{ status: 'paid' }, { status: 'Paid' }, { status: 'sent ' }, { status: null }, { status: '' }],
      },
      bad: [1, 2, 4],
    },
    {
      says: 'numbers are compared by value',
      params: { column: 'rate', values: ['0', '7', '19'] },
      table: { types: { rate: 'numeric(5,2)' }, rows: [{ rate: '19.00' }, { rate: '16' }, { rate: '7' }] },
      bad: [1],
    },
    {
      says: 'a value longer than the column is not cut to fit',
      params: { column: 'code', values: ['abcd'] },
      table: { types: { code: 'character varying(3)' }, rows: [{ code: 'abc' }] },
      bad: [0],
    },
  ],
});
