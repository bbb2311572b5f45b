import { defineCheck } from '../define-check.ts';
import { looksElsewhere } from '../looks-elsewhere.ts';
import { cellsOfFirstBroken } from '../offending-cells.ts';
import { expression as expressionField } from '../params.ts';
import { expression, sql } from '../sql.ts';

export default defineCheck({
  title: 'Business rule',
  class: 'business rule',
  icon: 'scale',
  help: 'An SQL condition that has to hold in every row; it may look into other tables by a sub-select. As with a CHECK constraint, a row breaks it where it is false; where it is null, because a value is missing, it does not: ask for the value by a rule of its own.',
  params: {
    condition: expressionField('Condition', "An SQL expression over the table's columns.", {
      placeholder: 'shipped_on >= ordered_on',
    }),
  },
  says: ({ condition }) => condition.trim().replace(/\s+/g, ' '),
  marks: () => [],
  judges: (_input, { condition }) => ({
    when: sql`${expression(condition)} is not null`,
    kept: sql`${expression(condition)} is true`,
    without: 'The condition is null in every row, because values are missing: there was nothing to check.',
  }),
  cells: ({ columns }, { condition }) =>
    cellsOfFirstBroken(
      condition,
      columns.map(({ name }) => name),
      (part) => sql`${part} is false`,
    ),
  breaks: (_input, { condition }) => sql`${expression(condition)} is false`,
  beyondRow: ({ condition }) => looksElsewhere(condition),
  examples: [
    {
      says: 'a row is bad where the condition is false, not where it is null',
      params: { condition: 'shipped >= ordered' },
      table: {
        types: { ordered: 'date', shipped: 'date' },
        rows: [
          { ordered: '2026-01-02', shipped: '2026-01-03' },
          { ordered: '2026-01-02', shipped: '2026-01-01' },
          { ordered: '2026-01-02', shipped: null },
        ],
      },
      bad: [1],
    },
    {
      says: 'of several parts the first that does not hold says which cells are bad',
      params: { condition: 'a between 1 and 5 and (b > 0 or c) and 10 / b > 1' },
      table: {
        types: { a: 'integer', b: 'integer', c: 'boolean' },
        rows: [
          { a: 9, b: 0, c: false },
          { a: 1, b: 0, c: false },
          { a: null, b: 20, c: true },
          { a: 1, b: 1, c: false },
        ],
      },
      bad: [0, 1, 2],
      cells: [['a'], ['b', 'c'], ['b']],
    },
    {
      says: 'it may look into another table',
      params: { condition: 'amount <= (select max(amount) from limits)' },
      table: { types: { amount: 'integer' }, rows: [{ amount: 10 }, { amount: 11 }] },
      others: { limits: { types: { amount: 'integer' }, rows: [{ amount: 10 }] } },
      bad: [1],
    },
  ],
});
