import { boundsOf, upperParams } from '../check-bounds.ts';
import { defineCheck } from '../define-check.ts';
import { choice, column, table } from '../params.ts';
import { problem } from '../problem.ts';
import { ident, type Sql, sql } from '../sql.ts';

const sums: Readonly<Record<string, (column: Sql) => Sql>> = {
  sum: (column) => sql`coalesce(sum(${column}), 0)`,
  mean: (column) => sql`avg(${column})`,
  smallest: (column) => sql`min(${column})`,
  largest: (column) => sql`max(${column})`,
  distinct: (column) => sql`count(distinct ${column})`,
};

const nothing = 'There was nothing to compare: one of the two tables has no value there.';

export default defineCheck({
  title: 'Two tables agree',
  class: 'referential integrity',
  icon: 'scale-3d',
  help: 'A figure of this table and the same figure of another differ by no more than allowed: as many rows, the same sum, or no key that only one of them has.',
  params: {
    table: table('Table', 'It is compared with.'),
    figure: choice('Figure', 'What is compared.', {
      rows: 'number of rows',
      keys: 'keys that only one has',
      sum: 'sum',
      mean: 'mean',
      smallest: 'smallest',
      largest: 'largest',
      distinct: 'distinct values',
    }),
    column: column('Column', 'What the figure is of; not needed for the number of rows.', { optional: true }),
    other: column('Column there', 'Its counterpart. Empty: of the same name.', { input: 1, optional: true }),
    ...upperParams('the difference'),
  },
  says: ({ table, figure, column, max, warnMax }) =>
    `The ${figure === 'rows' ? 'number of rows' : `${figure} of \`${column}\``} differs from that of ${table} by at most ${max ?? warnMax ?? 0}`,
  marks: ({ column }) => (column ? [column] : []),
  unit: () => '',
  counts: ({ figure }) => ['rows', 'keys', 'distinct'].includes(figure),
  metric: ({ from }, { table, figure, column, other, ...limits }) => {
    const bounds = { ...boundsOf(limits), nothing };
    const there = ident(table);
    if (figure === 'rows') {
      return {
        sql: sql`select abs((select count(*) from ${from}) - (select count(*) from ${there}))::float8 as value`,
        ...bounds,
      };
    }
    if (!column) throw problem('bad_input', 'Column is not set.', { hint: 'Say what the figure is of.' });
    const [mine, theirs] = [ident(column), ident(other || column)];
    if (figure === 'keys') {
      return {
        sql: sql`select case when count(*) > 0 then count(*) filter (where here.key is null or there.key is null) end::float8 as value from
  (select distinct ${mine} as key from ${from} where ${mine} is not null) as here
  full join (select distinct ${theirs} as key from ${there} where ${theirs} is not null) as there on here.key = there.key`,
        ...bounds,
      };
    }
    const figureOf = sums[figure] as (column: Sql) => Sql;
    return {
      sql: sql`select case when here.n + there.n > 0 then abs(h - t) end::float8 as value,
  case when here.n + there.n > 0 then abs(h - t) end::text as exact
from (select ${figureOf(mine)} as h, count(${mine}) as n from ${from}) as here,
  (select ${figureOf(theirs)} as t, count(${theirs}) as n from ${there}) as there`,
      ...bounds,
    };
  },
  examples: [
    {
      says: 'a row too few',
      params: { table: 'source', figure: 'rows', column: '', other: '', max: 0, warnMax: null },
      table: { rows: [{ id: '1' }] },
      others: { source: { rows: [{ id: '1' }, { id: '2' }] } },
      value: 1,
      verdict: 'fail',
    },
    {
      says: 'keys that only one of them has',
      params: { table: 'source', figure: 'keys', column: 'id', other: 'number', max: 1, warnMax: null },
      table: { rows: [{ id: '1' }, { id: '2' }, { id: null }] },
      others: { source: { rows: [{ number: '2' }, { number: '3' }] } },
      value: 2,
      verdict: 'fail',
    },
    {
      says: 'sums may differ a little',
      params: { table: 'source', figure: 'sum', column: 'amount', other: '', max: 1, warnMax: 0.5 },
      table: { types: { amount: 'numeric' }, rows: [{ amount: '1.5' }, { amount: '2' }] },
      others: { source: { types: { amount: 'numeric' }, rows: [{ amount: '4.25' }] } },
      value: 0.75,
      verdict: 'warn',
    },
  ],
});
