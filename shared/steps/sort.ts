import { defineStep, inputAt } from '../define-step.ts';
import { columnsOf, freeNames } from '../replaced-columns.ts';
import { numbered, order, orderPieces } from '../row-order.ts';
import { ident, join, sql } from '../sql.ts';

export default defineStep({
  title: 'Sort',
  group: 'rows',
  icon: 'arrow-down-a-z',
  words: 'order by arrange',
  help: 'Puts rows in order, nulls last. Rows equal in all of these stay as they came where a step after it counts on that. The order holds for what is written right after; other steps may change it.',
  params: { by: order('By', 'The first decides, the next where it is equal.') },
  columns: ([input]) => input ?? [],
  sql: (inputs, { by }) => {
    const input = inputAt(inputs, 0);
    const pieces = orderPieces(by, input.columns);
    if (!input.inOrder)
      return sql`select *
from ${input.from} as input
order by ${join(pieces)}`;
    const [arrival = ''] = freeNames([input], 'arrival');
    return sql`select
  ${columnsOf(input, sql`input`)}
from ${numbered(input, arrival)} as input
order by ${join([...pieces, ident(arrival)])}`;
  },
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
