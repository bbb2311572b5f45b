import type { Column } from '../column.ts';
import { cutName, refuseDoubles } from '../column-names.ts';
import { defineStep, inputAt } from '../define-step.ts';
import { choice, column, columns, list, number, type ParamsOf, text } from '../params.ts';
import { problem } from '../problem.ts';
import { withColumns } from '../replaced-columns.ts';
import { asTheyCome, order, orderPieces, over } from '../row-order.ts';
import { ident, nothing, type Sql, sql } from '../sql.ts';

const params = {
  values: list('Values', 'What to compute for each row.', {
    function: choice('Function', 'Of the rows around it.', {
      row_number: 'Row number',
      rank: 'Rank, with gaps',
      dense_rank: 'Rank, without gaps',
      previous: 'Value of the row before',
      next: 'Value of the row after',
      first: 'First value',
      last: 'Last value',
      sum: 'Sum',
      mean: 'Mean',
      count: 'Count',
      min: 'Smallest',
      max: 'Largest',
      share: 'Share of the sum',
    }),
    column: column('Column', 'Not needed for row number, ranks and count.', { optional: true }),
    name: text('Name', 'Left empty: made from function and column.', { optional: true }),
  }),
  by: columns('Within', 'Groups; none: all rows are one.', { optional: true }),
  order: order('Order', 'Left empty, rows stand as they come in.', 0),
  frame: choice('Over', 'For first, last, sum, mean, count, smallest and largest.', {
    running: 'All rows up to this one',
    whole: 'The whole group',
    moving: 'This one and some before',
  }),
  before: number('How many before', 'For “This one and some before”.', { optional: true }),
};

type Params = ParamsOf<typeof params>;
type Value = Params['values'][number];

const ranks: Partial<Record<Value['function'], Sql>> = {
  row_number: sql`row_number()`,
  rank: sql`rank()`,
  dense_rank: sql`dense_rank()`,
};
const neighbours: Partial<Record<Value['function'], (cell: Sql) => Sql>> = {
  previous: (cell) => sql`lag(${cell})`,
  next: (cell) => sql`lead(${cell})`,
};
const framed: Partial<Record<Value['function'], (cell: Sql) => Sql>> = {
  first: (cell) => sql`first_value(${cell})`,
  last: (cell) => sql`last_value(${cell})`,
  sum: (cell) => sql`sum(${cell})`,
  mean: (cell) => sql`avg(${cell})`,
  count: (cell) => sql`count(${cell})`,
  min: (cell) => sql`min(${cell})`,
  max: (cell) => sql`max(${cell})`,
};

/** True for what depends on the order of rows beyond what the columns in “Order” say of it. */
const followsArrival = ({ function: kind }: Value, frame: Params['frame']): boolean =>
  !['rank', 'dense_rank', 'share'].includes(kind) &&
  (frame !== 'whole' || ['row_number', 'previous', 'next', 'first', 'last'].includes(kind));

const nameOf = ({ function: kind, column, name }: Value): string =>
  name || (column ? cutName(`${kind}_${column}`) : kind);

function frameOf({ frame, before }: Params): Sql {
  if (frame === 'whole') return sql`rows between unbounded preceding and unbounded following`;
  if (frame === 'running') return sql`rows between unbounded preceding and current row`;
  return sql`rows between ${Math.max(0, Math.trunc(before ?? 0))} preceding and current row`;
}

/** Where the order leaves rows equal, they stand as they come; ranks are the same for all of them. */
function compute(entry: Value, chosen: Params, columns: readonly Column[], arrival: Sql | undefined): Sql {
  const { function: kind, column } = entry;
  const { by, order } = chosen;
  const pieces = orderPieces(order, columns).map((piece) => sql`input.${piece}`);
  const placed = arrival && followsArrival(entry, chosen.frame) ? [...pieces, arrival] : pieces;
  const ordered = over(by, placed);
  const rank = ranks[kind];
  if (rank) return sql`${rank} ${ordered}`;
  if (!column && kind !== 'count')
    throw problem('bad_input', `"${nameOf(entry)}" needs a column.`, { at: { param: 'values' } });
  const cell = column ? sql`input.${ident(column)}` : sql`*`;
  if (kind === 'share')
    return sql`input.${ident(column)} / nullif(sum(input.${ident(column)}) ${over(by, [])}, 0)::numeric`;
  const neighbour = neighbours[kind];
  if (neighbour) return sql`${neighbour(cell)} ${ordered}`;
  return sql`${framed[kind]?.(cell) ?? nothing} ${over(by, placed, frameOf(chosen))}`;
}

const sales = {
  types: { day: 'integer', amount: 'integer' },
  rows: [
    { shop: 'a', day: 2, amount: 30 },
    { shop: 'a', day: 1, amount: 10 },
    { shop: 'b', day: 1, amount: 5 },
  ],
};

export default defineStep({
  title: 'Window',
  group: 'columns',
  icon: 'gallery-horizontal-end',
  words: 'rank row number lag lead running total moving average cumulative over partition',
  help: 'Computes columns from the rows around each row: ranks, running totals, moving means, the value before. All rows stay.',
  params,
  columns: 'described',
  sql: (inputs, chosen) => {
    const input = inputAt(inputs, 0);
    refuseDoubles(chosen.values.map(nameOf));
    const rows = asTheyCome(input, chosen.by.length + chosen.order.length > 0);
    const computed = chosen.values.map((entry) => ({
      name: nameOf(entry),
      value: compute(entry, chosen, input.columns, rows.arrival),
    }));
    return sql`select
  ${withColumns(input, computed)}
from ${rows.from} as input${rows.order}`;
  },
  sameCount: true,
  apart: { param: 'values', name: nameOf, also: ['by', 'order', 'frame', 'before'] },
  arrival: ({ values, frame }) => (values.some((value) => followsArrival(value, frame)) ? [0] : []),
  summary: ({ values, by }) =>
    values.map(nameOf).join(', ') + (by.length > 0 ? ` within ${by.join(', ')}` : ''),
  examples: [
    {
      says: 'running total, value before and rank within each shop',
      params: {
        values: [
          { function: 'sum', column: 'amount', name: 'so_far' },
          { function: 'previous', column: 'amount', name: 'before' },
          { function: 'rank', column: '', name: '' },
        ],
        by: ['shop'],
        order: [{ column: 'day', direction: 'asc' }],
        frame: 'running',
        before: null,
      },
      inputs: [sales],
      output: [
        { shop: 'a', day: 2, amount: 30, so_far: 40, before: 10, rank: 2 },
        { shop: 'a', day: 1, amount: 10, so_far: 10, before: null, rank: 1 },
        { shop: 'b', day: 1, amount: 5, so_far: 5, before: null, rank: 1 },
      ],
    },
    {
      says: 'a share, and a moving count',
      params: {
        values: [
          { function: 'share', column: 'amount', name: 'share' },
          { function: 'count', column: '', name: 'seen' },
        ],
        by: [],
        order: [{ column: 'amount', direction: 'desc' }],
        frame: 'moving',
        before: 1,
      },
      inputs: [{ types: { amount: 'integer' }, rows: [{ amount: 3 }, { amount: 1 }, { amount: null }] }],
      output: [
        { amount: 3, share: '0.75000000000000000000', seen: 1 },
        { amount: 1, share: '0.25000000000000000000', seen: 2 },
        { amount: null, share: null, seen: 2 },
      ],
    },
  ],
});
