import { defineCheck } from '../define-check.ts';
import { column, number, table } from '../params.ts';
import { ident, sql } from '../sql.ts';

export default defineCheck({
  title: 'Total of its items',
  class: 'business rule',
  icon: 'list-plus',
  help: "A row's total is the sum of its items in another table, within a tolerance: an order and its lines. A row without items has a sum of 0. Not judged are rows whose total is null, and those that have an item without an amount: its sum is not known.",
  params: {
    total: column('Total', 'A column of numbers.'),
    key: column('Key', 'What the items refer to.'),
    table: table('Table of the items', 'It has the amounts.'),
    reference: column('Reference there', 'It refers to the key.', { input: 1 }),
    amount: column('Amount there', 'It is summed.', { input: 1 }),
    tolerance: number('Tolerance', 'How far off is still fine. Empty: not at all.', { optional: true }),
  },
  says: ({ total, table, amount }) => `\`${total}\` is the sum of \`${amount}\` in ${table}`,
  marks: ({ total }) => [total],
  judges: ({ row }, { total, key, table, reference, amount }) => ({
    when: sql`${ident(total)} is not null and not exists (select from ${ident(table)} as _item
  where _item.${ident(reference)} = ${row}.${ident(key)} and _item.${ident(amount)} is null)`,
    without: `No row has a \`${total}\` and items that all have an amount, so there was nothing to check.`,
  }),
  badRows: ({ from, row }, { total, key, table, reference, amount, tolerance }) =>
    sql`select ${row}._row from ${from} left join
  (select ${ident(reference)} as key, sum(${ident(amount)}::numeric) as total,
    bool_or(${ident(amount)} is null) as open from ${ident(table)} group by 1) as _items
  on _items.key = ${row}.${ident(key)}
where _items.open is not true and abs(${row}.${ident(total)}::numeric - coalesce(_items.total, 0)) > ${String(tolerance ?? 0)}::numeric`,
  examples: [
    {
      says: 'orders whose total is not that of their lines are bad',
      params: {
        total: 'amount',
        key: 'id',
        table: 'lines',
        reference: 'order_id',
        amount: 'price',
        tolerance: null,
      },
      table: {
        types: { id: 'integer', amount: 'numeric' },
        rows: [
          { id: 1, amount: '3' },
          { id: 2, amount: '9' },
          { id: 3, amount: '1' },
          { id: 4, amount: null },
          { id: 5, amount: '7' },
        ],
      },
      others: {
        lines: {
          types: { order_id: 'integer', price: 'numeric' },
          rows: [
            { order_id: 1, price: '1' },
            { order_id: 1, price: '2' },
            { order_id: 2, price: '8' },
            { order_id: 5, price: '1' },
            { order_id: 5, price: null },
          ],
        },
      },
      bad: [1, 2],
    },
  ],
});
