import { defineCheck } from '../define-check.ts';
import { filledRows } from '../judged-rows.ts';
import { columns } from '../params.ts';
import { ident, join, names, sql } from '../sql.ts';

export default defineCheck({
  title: 'Unique',
  class: 'uniqueness',
  icon: 'fingerprint',
  help: 'No two rows are equal in all of these columns. Every row of a group of equals is bad. A row with a null in one of them is never a duplicate, as in SQL.',
  params: { columns: columns('Columns', 'Rows equal in all of these are duplicates.') },
  says: ({ columns }) => `${columns.map((name) => `\`${name}\``).join(' with ')} occurs once`,
  marks: ({ columns }) => columns,
  judges: (_input, { columns }) => filledRows(columns),
  badRows: ({ from }, { columns }) => sql`select _row from ${from} where (${names(columns)}) in
  (select ${names(columns)} from ${from} group by ${names(columns)} having count(*) > 1)`,
  count: ({ from }, { columns }) => {
    const [only = ''] = columns;
    const filled = join(
      columns.map((name) => sql`${ident(name)} is not null`),
      sql` and `,
    );
    const groups = sql`select coalesce(sum(n), 0)::float8 as bad from
  (select count(*) as n from ${from} where ${filled} group by ${names(columns)} having count(*) > 1) as equals`;
    if (columns.length > 1) return groups;
    return sql`select case when (select count(distinct ${ident(only)}) = count(${ident(only)}) from ${from}) then 0
  else (${groups}) end as bad`;
  },
  kept: ({ rows, figure }, { columns: [column = '', ...more] }) => {
    const [distinct, nulls] = [figure(column, 'distinct'), figure(column, 'nulls')];
    if (more.length > 0 || distinct === undefined || nulls === undefined) return undefined;
    return distinct === rows - Math.round((rows * nulls) / 100);
  },
  examples: [
    {
      says: 'every row of a group of equals is bad',
      params: { columns: ['id'] },
      table: { types: { id: 'integer' }, rows: [{ id: 1 }, { id: 2 }, { id: 1 }, { id: 3 }] },
      bad: [0, 2],
    },
    {
      says: 'only rows equal in all columns are duplicates, and nulls never are',
      params: { columns: ['shop', 'day'] },
      table: {
        types: { day: 'date' },
        rows: [
          { shop: 'a', day: '2026-01-01' },
          { shop: 'a', day: '2026-01-02' },
          { shop: 'a', day: '2026-01-02' },
          { shop: null, day: '2026-01-02' },
          { shop: null, day: '2026-01-02' },
        ],
      },
      bad: [1, 2],
    },
  ],
});
