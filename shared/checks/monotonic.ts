import { comparedAsTexts } from '../compared-as.ts';
import { defineCheck } from '../define-check.ts';
import { filledRows } from '../judged-rows.ts';
import { choice, column, columns } from '../params.ts';
import { ident, names, nothing, type Sql, sql } from '../sql.ts';

const breaksOrder: Readonly<Record<string, Sql>> = {
  rises: sql`<`,
  'rises strictly': sql`<=`,
  falls: sql`>`,
  'falls strictly': sql`>=`,
};

export default defineCheck({
  title: 'Only rises or falls',
  class: 'range',
  icon: 'trending-up',
  help: 'From row to row, in an order, the column only rises or only falls: a meter reading, a running number. A row that goes back behind the row before it is bad. Rows with a null are passed over.',
  params: {
    column: column('Column', 'It rises or falls.'),
    goes: choice('It', 'The direction.', {
      rises: 'rises or stays',
      'rises strictly': 'rises with each row',
      falls: 'falls or stays',
      'falls strictly': 'falls with each row',
    }),
    order: column('In the order of', 'A date, say. Empty: as the rows came.', { optional: true }),
    within: columns('Within each', 'Each meter for itself. Empty: all rows together.', { optional: true }),
  },
  says: ({ column, goes, order, within }) =>
    `\`${column}\` only ${goes}${order ? ` by \`${order}\`` : ''}${within.length > 0 ? ` within each ${within.join(', ')}` : ''}`,
  marks: ({ column }) => [column],
  judges: (_input, { column, order }) => filledRows(order ? [column, order] : [column]),
  remark: (columns, { column, order }) => comparedAsTexts(columns, order ? [column, order] : [column]),
  badRows: ({ from }, { column, goes, order, within }) => {
    const parts = within.length > 0 ? sql`partition by ${names(within)} ` : nothing;
    const by = order ? sql`${ident(order)}, _row` : sql`_row`;
    const ordered = order ? sql` and ${ident(order)} is not null` : nothing;
    return sql`select _row from
  (select _row, ${ident(column)} as _now, lag(${ident(column)}) over (${parts}order by ${by}) as _before
  from ${from} where ${ident(column)} is not null${ordered}) as _steps
where _now ${breaksOrder[goes] ?? sql`<`} _before`;
  },
  examples: [
    {
      says: 'a step back is bad, nulls are passed over',
      params: { column: 'meter', goes: 'rises', order: '', within: [] },
      table: {
        types: { meter: 'integer' },
        rows: [{ meter: 1 }, { meter: 1 }, { meter: null }, { meter: 3 }, { meter: 2 }],
      },
      bad: [4],
    },
    {
      says: 'each group in the order of a column',
      params: { column: 'n', goes: 'rises strictly', order: 'day', within: ['shop'] },
      table: {
        types: { n: 'integer', day: 'date' },
        rows: [
          { shop: 'a', day: '2026-01-02', n: 5 },
          { shop: 'a', day: '2026-01-01', n: 5 },
          { shop: 'b', day: '2026-01-03', n: 1 },
          { shop: 'b', day: '2026-01-04', n: 2 },
        ],
      },
      bad: [0],
    },
  ],
});
