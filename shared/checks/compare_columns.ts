import { comparedAsTexts } from '../compared-as.ts';
import { defineCheck } from '../define-check.ts';
import { filledRows } from '../judged-rows.ts';
import { choice, column } from '../params.ts';
import { ident, type Sql, sql } from '../sql.ts';

const operators: Readonly<Record<string, Sql>> = {
  '<': sql`<`,
  '<=': sql`<=`,
  '=': sql`=`,
  '<>': sql`<>`,
  '>=': sql`>=`,
  '>': sql`>`,
};

export default defineCheck({
  title: 'Two columns compared',
  class: 'business rule',
  icon: 'equal-not',
  help: 'In every row one column compares with another as said: nothing ends before it starts. A row where one of them is null is fine.',
  params: {
    column: column('Left column', 'It is compared.'),
    operator: choice('Is', 'How it compares.', {
      '<=': 'at most',
      '<': 'less than',
      '=': 'equal to',
      '<>': 'not equal to',
      '>=': 'at least',
      '>': 'greater than',
    }),
    other: column('Right column', 'With this one.'),
  },
  says: ({ column, operator, other }) => `\`${column}\` ${operator} \`${other}\``,
  marks: ({ column, other }) => [column, other],
  judges: (_input, { column, other }) => filledRows([column, other]),
  byValue: true,
  remark: (columns, { column, operator, other }) =>
    ['=', '<>'].includes(operator) ? undefined : comparedAsTexts(columns, [column, other]),
  breaks: (_input, { column, operator, other }) =>
    sql`not (${ident(column)} ${operators[operator] ?? sql`=`} ${ident(other)})`,
  examples: [
    {
      says: 'an end before its start is bad, a missing end is not',
      params: { column: 'starts', operator: '<=', other: 'ends' },
      table: {
        types: { starts: 'date', ends: 'date' },
        rows: [
          { starts: '2026-01-02', ends: '2026-01-02' },
          { starts: '2026-01-02', ends: '2026-01-01' },
          { starts: '2026-01-02', ends: null },
        ],
      },
      bad: [1],
    },
    {
      says: 'numbers of different types compare by value',
      params: { column: 'a', operator: '=', other: 'b' },
      table: {
        types: { a: 'integer', b: 'numeric' },
        rows: [
          { a: 1, b: '1.0' },
          { a: 1, b: '1.1' },
        ],
      },
      bad: [1],
    },
  ],
});
