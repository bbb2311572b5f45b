import { isNumeric } from '../column.ts';
import { quotedColumns } from '../column-words.ts';
import { defineCheck } from '../define-check.ts';
import { filledRows } from '../judged-rows.ts';
import { cellsIn } from '../offending-cells.ts';
import { column, columns } from '../params.ts';
import { ident, join, names, type Sql, sql } from '../sql.ts';

export default defineCheck({
  title: 'Decided by other columns',
  class: 'business rule',
  icon: 'git-fork',
  help: 'Rows equal in the deciding columns are equal in the decided one: a postcode has one city. Where they differ, the rows in the minority are bad; where none is the most frequent, all of them. Rows with a null in a deciding column are not judged; a null in the decided one counts as a value.',
  params: {
    by: columns('Deciding columns', 'Rows equal in all of these belong together.'),
    column: column('Decided column', 'It has one value among them.'),
  },
  says: ({ by, column }) => `\`${column}\` is decided by ${quotedColumns(by)}`,
  marks: ({ by, column }) => [column, ...by],
  judges: (_input, { by }) => filledRows(by),
  badRows: ({ columns, from, row }, { by, column }) => {
    const type = columns.find(({ name }) => name === column)?.type ?? 'text';
    // 1.0 is 1.00, but JSON cannot be compared by itself.
    const decided = (of: Sql) => (isNumeric(type) ? of : sql`${of}::text`);
    const filled = join(
      by.map((name) => sql`${ident(name)} is not null`),
      sql` and `,
    );
    // Equal or both null, as PostgreSQL can hash it: else each row is compared with each value of its group.
    const own = decided(sql`${row}.${ident(column)}`);
    const none = isNumeric(type) ? sql`0` : sql`''`;
    return sql`with counted as (
  select ${names(by)}, ${decided(ident(column))} as _decided, count(*) as _n from ${from} where ${filled}
  group by ${names(by)}, ${decided(ident(column))}),
ranked as (
  select *, max(_n) over (partition by ${names(by)}) as _most, count(*) over (partition by ${names(by)}) as _values,
    count(*) over (partition by ${names(by)}, _n) as _tied from counted)
select ${row}._row, ${cellsIn([column])} as _cells from ${from} join ranked as r on ${join(
      by.map((name) => sql`${row}.${ident(name)} = r.${ident(name)}`),
      sql` and `,
    )}
  and (${own} is null) = (r._decided is null) and coalesce(${own}, ${none}) = coalesce(r._decided, ${none})
where r._values > 1 and (r._n < r._most or r._tied > 1)`;
  },
  examples: [
    {
      says: 'numbers are compared by value, not by how they are written',
      params: { by: ['sku'], column: 'price' },
      table: {
        types: { price: 'numeric' },
        rows: [
          { sku: 'a', price: '1.0' },
          { sku: 'a', price: '1.00' },
          { sku: 'a', price: '1' },
          { sku: 'a', price: '2' },
        ],
      },
      bad: [3],
      cells: [['price']],
    },
    {
      says: 'the minority is bad',
      params: { by: ['zip'], column: 'city' },
      table: {
        rows: [
          { zip: '1', city: 'Bern' },
          { zip: '1', city: 'Bern' },
          { zip: '1', city: 'Brn' },
          { zip: '2', city: 'Ulm' },
          { zip: null, city: 'Graz' },
          { zip: null, city: 'Linz' },
        ],
      },
      bad: [2],
      cells: [['city']],
    },
    {
      says: 'of equals in number, all are bad',
      params: { by: ['a', 'b'], column: 'c' },
      table: {
        rows: [
          { a: '1', b: '1', c: 'x' },
          { a: '1', b: '1', c: null },
          { a: '1', b: '2', c: 'y' },
        ],
      },
      bad: [0, 1],
      cells: [['c'], ['c']],
    },
  ],
});
