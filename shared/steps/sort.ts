import { defineStep, inputAt } from '../define-step.ts';
import { order, orderPieces } from '../row-order.ts';
import { join, sql } from '../sql.ts';

export default defineStep({
  title: 'Sort',
  group: 'rows',
  icon: 'arrow-down-a-z',
  words: 'order by arrange',
  help: 'Puts rows in order, nulls last. The order holds for the table written right after; other steps may change it.',
  params: { by: order('By', 'The first decides, the next where it is equal.') },
  columns: ([input]) => input ?? [],
  sql: (inputs, { by }) => sql`select *
from ${inputAt(inputs, 0).from} as input
order by ${join(orderPieces(by))}`,
  sameCount: true,
  ordered: true,
  summary: ({ by }) =>
    by.map(({ column, direction }) => (direction === 'desc' ? `${column} ↓` : column)).join(', '),
  examples: [
    {
      says: 'by two columns',
      params: {
        by: [
          { column: 'city', direction: 'asc' },
          { column: 'amount', direction: 'desc' },
        ],
      },
      inputs: [
        {
          types: { amount: 'integer' },
          rows: [
            { city: 'Bern', amount: 1 },
            { city: 'Basel', amount: null },
            { city: 'Bern', amount: 5 },
          ],
        },
      ],
      output: [
        { city: 'Basel', amount: null },
        { city: 'Bern', amount: 5 },
        { city: 'Bern', amount: 1 },
      ],
    },
  ],
});
