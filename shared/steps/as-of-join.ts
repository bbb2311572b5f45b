import { isNumeric } from '../column.ts';
import { defineStep, inputAt, type StepInput } from '../define-step.ts';
import { choice, column, list, literal, type ParamsOf } from '../params.ts';
import { freeNames, typeOf } from '../replaced-columns.ts';
import { numbered } from '../row-order.ts';
import { leftCells, rightCells } from '../side-by-side.ts';
import { ident, join, lines, nothing, type Sql, sql } from '../sql.ts';

const params = {
  left: column('Time', 'Of the left rows.', { input: 0 }),
  right: column('Time looked up', 'Of the right rows.', { input: 1 }),
  on: list(
    'On',
    'Columns that must be equal besides, such as the name of a share.',
    {
      left: column('Left', 'A column of the left input.', { input: 0 }),
      right: column('Right', 'A column of the right input.', { input: 1 }),
    },
    0,
  ),
  direction: choice('Take', 'Which row of the right goes with one of the left.', {
    before: 'The last before, or at the same time',
    after: 'The first after, or at the same time',
  }),
  within: literal('Within', 'The longest time between them: 1 hour, 3 days, or a number; left empty: any.', {
    optional: true,
    placeholder: '1 hour',
  }),
};

type Params = ParamsOf<typeof params>;

function tolerance(input: StepInput, { left, right, within, direction }: Params): Sql {
  if (within === '') return nothing;
  const [late, early] =
    direction === 'before'
      ? [sql`l.${ident(left)}`, sql`r.${ident(right)}`]
      : [sql`r.${ident(right)}`, sql`l.${ident(left)}`];
  if (isNumeric(typeOf(input, left))) return sql` and ${late} - ${early} <= ${within}::numeric`;
  return sql` and ${late}::timestamp - ${early}::timestamp <= ${within}::interval`;
}

/** Both sides in one order: how many of the right came so far is the place of the one to take. */
function joined(left: StepInput, right: StepInput, chosen: Params): Sql {
  const { on, direction } = chosen;
  const [arrival = '', place = '', came = ''] = freeNames([left, right], 'arrival', 'place', 'came');
  const turn = direction === 'before' ? nothing : sql` desc`;
  const keys = (side: 'left' | 'right') =>
    on.map((pair, at) => sql`${ident(pair[side])} as ${ident(`k${at}`)}`);
  const within = (names: readonly Sql[]) => (names.length > 0 ? sql`partition by ${join(names)} ` : nothing);
  const placed = within(on.map((pair) => ident(pair.right)));
  const counted = within(on.map((_pair, at) => ident(`k${at}`)));
  const same = on.map((pair) => sql` and r.${ident(pair.right)} = l.${ident(pair.left)}`);
  return sql`with l as ${numbered(left, arrival)},
r as (
  select *, row_number() over (${placed}order by ${ident(chosen.right)}${turn}, ${ident(came)}${turn}) as ${ident(place)}
  from ${numbered(right, came)} as input where ${ident(chosen.right)} is not null
),
both_sides as (
  select ${join([...keys('left'), sql`${ident(chosen.left)} as moment`, sql`${ident(arrival)} as arrived`, sql`null::bigint as placed`, sql`1 as side`])} from l
  union all
  select ${join([...keys('right'), ident(chosen.right), sql`null`, ident(place), sql`0`])} from r
),
counted as (
  select arrived, count(placed) over (${counted}order by moment${turn}, side rows unbounded preceding) as so_far, moment from both_sides
)
select
  ${lines([
    ...leftCells(left),
    ...rightCells(
      left,
      right,
      on.map((pair) => pair.right),
    ),
  ])}
from l
left join counted on counted.arrived = l.${ident(arrival)} and counted.moment is not null
left join r on r.${ident(place)} = counted.so_far${join(same, nothing)}${tolerance(left, chosen)}
order by l.${ident(arrival)}`;
}

const trades = {
  types: { at: 'integer' },
  rows: [
    { share: 'X', at: 10 },
    { share: 'X', at: 3 },
    { share: 'Y', at: 4 },
    { share: 'X', at: null },
  ],
};
const quotes = {
  types: { at: 'integer', price: 'integer' },
  rows: [
    { share: 'X', at: 5, price: 50 },
    { share: 'X', at: 10, price: 60 },
    { share: 'Y', at: 1, price: 7 },
  ],
};
const on = [{ left: 'share', right: 'share' }];

export default defineStep({
  title: 'As-of join',
  group: 'combine',
  icon: 'calendar-clock',
  words: 'merge nearest time latest before',
  help: 'Puts beside each row of the left the row of the right that was valid then: the last before it, or the first after it. All rows of the left stay, once each. Of several at the same time, the last to come was valid for “before”, the first to come for “after”.',
  inputs: [
    { name: 'left', title: 'Left' },
    { name: 'right', title: 'Right' },
  ],
  params,
  columns: 'described',
  sql: (inputs, chosen) => joined(inputAt(inputs, 0), inputAt(inputs, 1), chosen),
  sameCount: true,
  arrival: () => [1],
  grows: () => [0],
  summary: ({ left, right, direction }) =>
    `${left}: ${direction === 'before' ? 'last' : 'first'} ${right} ${direction}`,
  examples: [
    {
      says: 'the last price before each trade',
      params: { left: 'at', right: 'at', on, direction: 'before', within: '' },
      inputs: [trades, quotes],
      output: [
        { share: 'X', at: 10, at_right: 10, price: 60 },
        { share: 'X', at: 3, at_right: null, price: null },
        { share: 'Y', at: 4, at_right: 1, price: 7 },
        { share: 'X', at: null, at_right: null, price: null },
      ],
    },
    {
      says: 'the first after it, not too late',
      params: { left: 'at', right: 'at', on, direction: 'after', within: '1' },
      inputs: [trades, quotes],
      output: [
        { share: 'X', at: 10, at_right: 10, price: 60 },
        { share: 'X', at: 3, at_right: null, price: null },
        { share: 'Y', at: 4, at_right: null, price: null },
        { share: 'X', at: null, at_right: null, price: null },
      ],
    },
    {
      says: 'of several at the same time the last to come, or for those after the first',
      params: { left: 'at', right: 'at', on: [], direction: 'before', within: '' },
      inputs: [
        { types: { at: 'integer' }, rows: [{ at: 6 }] },
        {
          types: { at: 'integer' },
          rows: [
            { at: 5, price: 'b' },
            { at: 5, price: 'a' },
            { at: 4, price: 'c' },
          ],
        },
      ],
      output: [{ at: 6, at_right: 5, price: 'a' }],
    },
    {
      says: 'by time alone',
      params: { left: 'on', right: 'since', on: [], direction: 'before', within: '2 days' },
      inputs: [
        { types: { on: 'date' }, rows: [{ on: '2024-03-02' }, { on: '2024-04-01' }] },
        { types: { since: 'date' }, rows: [{ since: '2024-03-01', rate: 'a' }] },
      ],
      output: [
        { on: '2024-03-02', since: '2024-03-01', rate: 'a' },
        { on: '2024-04-01', since: null, rate: null },
      ],
    },
  ],
});
