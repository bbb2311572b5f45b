import { defineStep, inputAt } from '../define-step.ts';
import { expression } from '../params.ts';
import { expression as fenced, sql } from '../sql.ts';

export default defineStep({
  title: 'Filter',
  group: 'rows',
  icon: 'funnel',
  words: 'where keep drop condition rows select',
  help: 'Keeps the rows for which the condition is true. All others, also those where it is neither true nor false, leave by the rejects.',
  params: {
    condition: expression(
      'Condition',
      'An SQL condition over the columns: amount > 0 and status is not null.',
      {
        placeholder: "amount > 0 and status = 'paid'",
      },
    ),
  },
  columns: ([input]) => input ?? [],
  sql: (inputs, { condition }) =>
    sql`select *
from ${inputAt(inputs, 0).from} as input
where ${fenced(condition)}`,
  rejects: {
    title: 'Rows that do not fit',
    sql: (inputs, { condition }) =>
      sql`select *
from ${inputAt(inputs, 0).from} as input
where ${fenced(condition)} is not true`,
  },
  // Most filters keep most rows: those that go are the fewer to count.
  counting: {
    of: 'rejects',
    sql: (inputs, { condition }, count) =>
      sql`select *
from ${inputAt(inputs, 0).from} as input
where case when ${fenced(condition)} then true else not ${count(sql`1`)} end`,
  },
  common: true,
  grows: () => [0],
  summary: ({ condition }) => condition.replaceAll(/\s+/g, ' '),
  examples: [
    {
      says: 'sends rows whose condition is false or unknown to the rejects',
      params: { condition: 'amount > 10' },
      inputs: [
        {
          types: { id: 'integer', amount: 'numeric' },
          rows: [
            { id: 1, amount: 12 },
            { id: 2, amount: 10 },
            { id: 3, amount: null },
          ],
        },
      ],
      output: [{ id: 1, amount: '12' }],
      rejects: [
        { id: 2, amount: '10' },
        { id: 3, amount: null },
      ],
    },
  ],
});
