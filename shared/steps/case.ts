import { defineStep, inputAt } from '../define-step.ts';
import { expression, list, text } from '../params.ts';
import { withColumns } from '../replaced-columns.ts';
import { expression as fenced, join, sql } from '../sql.ts';

export default defineStep({
  title: 'Conditional column',
  group: 'columns',
  icon: 'split',
  words: 'if then else when case switch bucket',
  help: 'Computes a column by the first condition that is true. A name that exists already is replaced in its place.',
  params: {
    name: text('Name', 'What the column is called.', { placeholder: 'size' }),
    cases: list('Cases', 'Tried from top to bottom.', {
      when: expression('When', 'An SQL condition over the columns.', { placeholder: 'amount > 100' }),
      value: expression('Value', 'SQL; text in single quotes.', { placeholder: "'large'" }),
    }),
    otherwise: expression('Otherwise', 'SQL for rows that no case fits; left empty, they get null.', {
      optional: true,
      placeholder: "'small'",
    }),
  },
  columns: 'described',
  sql: (inputs, { name, cases, otherwise }) => {
    const input = inputAt(inputs, 0);
    const branches = cases.map(({ when, value }) => sql`when ${fenced(when)} then ${fenced(value)}`);
    const last = otherwise.trim() ? [sql`else ${fenced(otherwise)}`] : [];
    const value = sql`case ${join([...branches, ...last], sql` `)} end`;
    return sql`select
  ${withColumns(input, [{ name, value }])}
from ${input.from} as input`;
  },
  rowByRow: true,
  summary: ({ name, cases }) =>
    `${name}: ${cases.map(({ when, value }) => `${value} when ${when}`).join(', ')}`,
  examples: [
    {
      says: 'takes the first case that fits',
      params: {
        name: 'size',
        cases: [
          { when: 'amount > 100', value: "'large'" },
          { when: 'amount > 10', value: "'middle'" },
        ],
        otherwise: "'small'",
      },
      inputs: [
        {
          types: { amount: 'integer' },
          rows: [{ amount: 500 }, { amount: 50 }, { amount: 5 }, { amount: null }],
        },
      ],
      output: [
        { amount: 500, size: 'large' },
        { amount: 50, size: 'middle' },
        { amount: 5, size: 'small' },
        { amount: null, size: 'small' },
      ],
    },
    {
      says: 'replaces a column, with null where nothing fits',
      params: { name: 'city', cases: [{ when: "city <> ''", value: 'upper(city)' }], otherwise: '' },
      inputs: [
        {
          types: { id: 'integer' },
          rows: [
            { city: 'Bern', id: 1 },
            { city: null, id: 2 },
          ],
        },
      ],
      output: [
        { city: 'BERN', id: 1 },
        { city: null, id: 2 },
      ],
    },
  ],
});
