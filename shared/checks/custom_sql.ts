import { rowColumn } from '../column.ts';
import { defineCheck } from '../define-check.ts';
import { query } from '../params.ts';
import { sql, subselect } from '../sql.ts';

export default defineCheck({
  title: 'SQL that finds bad rows',
  class: 'business rule',
  icon: 'square-terminal',
  help: 'One SELECT of your own that yields the column _row of every row that is bad; it may join and look into anything. Every table has _row. A column _column beside it names the cell that is bad; a row may come once for each.',
  params: {
    query: query('Query', 'It has to yield a column _row of this table.', {
      placeholder:
        'select o._row from orders o join customers c using (customer_id) where o.ordered_at < c.since',
    }),
  },
  says: ({ query }) => `No row is found by ${query.trim().replace(/\s+/g, ' ').slice(0, 120)}`,
  marks: () => [],
  yieldsRows: ({ query }) => query,
  badRows: ({ from, row }, { query }) =>
    sql`select ${row}._row, _bad._cells from ${from} join
  (select _row, array_agg(distinct _column) filter (where _column is not null) as _cells
    from (select _found._row, to_jsonb(_found.*) ->> '_column' as _column from ${subselect(query)} as _found) as _named
    group by _row) as _bad on _bad._row = ${row}._row`,
  count: ({ columns, from, row }, { query }) => {
    const all = columns.some(({ name }) => name === rowColumn) ? row : from;
    return sql`with _yielded as (select distinct _found._row from ${subselect(query)} as _found)
select (select count(*) from ${from} where ${row}._row in (select _row from _yielded))::float8 as bad,
  (select count(*) from _yielded where not exists (select from ${all} where ${row}._row = _yielded._row))::float8 as stray`;
  },
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
    {
      says: 'it may name the cells that are bad',
      params: {
        query: `select _row, 'id' as _column from checked where id > 2
union all select _row, 'parent' from checked where parent > 1`,
      },
      table: {
        types: { id: 'integer', parent: 'integer' },
        rows: [
          { id: 1, parent: null },
          { id: 2, parent: 2 },
          { id: 3, parent: 2 },
        ],
      },
      bad: [1, 2],
      cells: [['parent'], ['id', 'parent']],
    },
  ],
});
