import { defineStep, inputAt } from '../define-step.ts';
import { numberedRows } from '../numbered-rows.ts';
import { columns, howMany } from '../params.ts';
import { order } from '../row-order.ts';
import { sql } from '../sql.ts';

export default defineStep({
  title: 'Top rows',
  group: 'rows',
  icon: 'trophy',
  words: 'limit head first rank n per group',
  help: 'Keeps the first rows, of all or of each group, in an order of your choice. The others leave by the rejects.',
  params: {
    rows: howMany('Rows', 'How many to keep.'),
    by: columns('Of each', 'Groups; none: of all.', { optional: true }),
    order: order('Order', 'Left empty, rows stand as they come in.', 0),
  },
  columns: ([input]) => input ?? [],
  sql: (inputs, { rows, by, order }) =>
    numberedRows(inputAt(inputs, 0), by, order, (at) => sql`${at} <= ${rows}`),
  rejects: {
    title: 'Rows below',
    sql: (inputs, { rows, by, order }) =>
      numberedRows(inputAt(inputs, 0), by, order, (at) => sql`${at} > ${rows}`),
  },
  costly: true,
  arrival: () => [0],
  summary: ({ rows, by, order }) =>
    [
      `first ${rows}`,
      by.length > 0 && `of each ${by.join(', ')}`,
      order.length > 0 &&
        `by ${order.map(({ column, direction }) => (direction === 'desc' ? `${column} ↓` : column)).join(', ')}`,
    ]
      .filter(Boolean)
      .join(' '),
  examples: [
    {
      says: 'the dearest of each city; of equal ones the first to come',
      params: { rows: 1, by: ['city'], order: [{ column: 'amount', direction: 'desc' }] },
      inputs: [
        {
          types: { id: 'integer', amount: 'integer' },
          rows: [
            { id: 1, city: 'Bern', amount: 5 },
            { id: 2, city: 'Bern', amount: 9 },
            { id: 3, city: null, amount: null },
            { id: 4, city: 'Bern', amount: 9 },
          ],
        },
      ],
      output: [
        { id: 2, city: 'Bern', amount: 9 },
        { id: 3, city: null, amount: null },
      ],
      rejects: [
        { id: 1, city: 'Bern', amount: 5 },
        { id: 4, city: 'Bern', amount: 9 },
      ],
    },
    {
      says: 'the first as they come',
      params: { rows: 1, by: [], order: [] },
      inputs: [{ rows: [{ a: 'x' }, { a: 'y' }] }],
      output: [{ a: 'x' }],
      rejects: [{ a: 'y' }],
    },
  ],
});
