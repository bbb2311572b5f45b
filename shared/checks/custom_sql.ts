import { defineCheck } from '../define-check.ts';
import { query } from '../params.ts';
import { sql, subselect } from '../sql.ts';

export default defineCheck({
  title: 'SQL that finds bad rows',
  class: 'business rule',
  icon: 'square-terminal',
  help: 'One SELECT of your own that yields the column _row of every row that is bad; it may join and look into anything. Every table has _row.',
  params: {
    query: query('Query', 'It has to yield a column _row of this table.', {
      placeholder:
        'select o._row from orders o join customers c using (customer_id) where o.ordered_at < c.since',
    }),
  },
  says: ({ query }) => `No row is found by ${query.trim().replace(/\s+/g, ' ').slice(0, 120)}`,
  marks: () => [],
  badRows: ({ from, row }, { query }) =>
    sql`select ${row}._row from ${from} where ${row}._row in (select _found._row from ${subselect(query)} as _found)`,
  examples: [
    {
      says: 'what the query yields is bad, once each',
      params: { query: 'select a._row from checked a, checked b where a.id = b.parent' },
      table: {
        types: { id: 'integer', parent: 'integer' },
        rows: [
          { id: 1, parent: null },
          { id: 2, parent: 1 },
          { id: 3, parent: 1 },
        ],
      },
      bad: [0],
    },
  ],
});
