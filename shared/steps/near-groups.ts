import { defineStep, inputAt } from '../define-step.ts';
import { column, number, text } from '../params.ts';
import { freeNames, withColumns } from '../replaced-columns.ts';
import { order, orderPieces, over } from '../row-order.ts';
import { ident, sql } from '../sql.ts';

const usual = 0.1;

export default defineStep({
  title: 'Group near duplicates',
  group: 'columns',
  icon: 'group',
  words: 'fuzzy dedup similar entity resolution group number',
  help: 'Numbers groups of rows with nearly the same vectors: of each group, the step Near duplicates keeps the first. Each other row is near the first, or near one that leads to it. A row that is near to no such first row has no number, though it may be near others. Every row is compared with every other.',
  params: {
    vector: column('Vector column', 'Rows near one another in it say the same.'),
    distance: number('Nearer than', 'Cosine distance, from 0 (same direction) to 2. Empty: 0.1.', {
      optional: true,
    }),
    name: text('Name', 'What the column with the number is called.', { placeholder: 'group' }),
    order: order(
      'First in the order of',
      'Which of near rows comes first; left empty, the one that comes in first.',
      0,
    ),
  },
  columns: 'described',
  sql: (inputs, { vector, distance, name, order: by }) => {
    const input = inputAt(inputs, 0);
    const [arrival = '', place = '', first = '', root = '', many = ''] = freeNames(
      [input],
      'arrival',
      'place',
      'first',
      'root',
      'many',
    );
    const [at, v] = [ident(place), ident(vector)];
    const nearer = sql`_earlier.${v} <=> input.${v} < ${String(distance ?? usual)}::float8`;
    const counted = sql`dense_rank() over (order by _ends.${ident(many)} desc, _ends.${ident(root)})`;
    return sql`with recursive _numbered as materialized (
  select *, row_number() ${over([], [...orderPieces(by, input.columns), ident(arrival)])} as ${at}
  from (select *, row_number() over () as ${ident(arrival)} from ${input.from} as input) as input
), _linked as materialized (
  select ${at}, coalesce((
    select min(_earlier.${at}) from _numbered as _earlier where _earlier.${at} < input.${at} and ${nearer}
  ), ${at}) as ${ident(first)}
  from _numbered as input
), _led as (
  select ${at}, ${at} as ${ident(root)} from _linked where ${ident(first)} = ${at}
  union all
  select _linked.${at}, _led.${ident(root)}
  from _linked join _led on _linked.${ident(first)} = _led.${at} where _linked.${ident(first)} <> _linked.${at}
), _ends as (
  select ${at}, ${ident(root)}, count(*) over (partition by ${ident(root)}) > 1 as ${ident(many)} from _led
)
select
  ${withColumns(input, [{ name, value: sql`case when _ends.${ident(many)} then ${counted} end` }])}
from _numbered as input join _ends using (${at})
order by input.${ident(arrival)}`;
  },
  sameCount: true,
  costly: true,
  arrival: () => [0],
  summary: ({ vector, distance, name }) => `${name} = ${vector} nearer than ${distance ?? usual}`,
  examples: [
    {
      says: 'numbers those that are near, in the order of the first; others have none',
      params: { vector: 'v', distance: null, name: 'group', order: [] },
      inputs: [
        {
          types: { id: 'integer', v: 'vector(2)' },
          rows: [
            { id: 1, v: '[0,-1]' },
            { id: 2, v: '[1,0]' },
            { id: 3, v: '[0,1]' },
            { id: 4, v: '[9,1]' },
            { id: 5, v: null },
            { id: 6, v: null },
            { id: 7, v: '[1,9]' },
          ],
        },
      ],
      output: [
        { id: 1, v: '[0,-1]', group: null },
        { id: 2, v: '[1,0]', group: 1 },
        { id: 3, v: '[0,1]', group: 2 },
        { id: 4, v: '[9,1]', group: 1 },
        { id: 5, v: null, group: null },
        { id: 6, v: null, group: null },
        { id: 7, v: '[1,9]', group: 2 },
      ],
    },
    {
      says: 'leads over several rows to the first of an order',
      params: { vector: 'v', distance: 0.05, name: 'id', order: [{ column: 'id', direction: 'desc' }] },
      inputs: [
        {
          types: { id: 'integer', v: 'vector(2)' },
          rows: [
            { id: 1, v: '[10,6]' },
            { id: 2, v: '[10,3]' },
            { id: 3, v: '[10,0]' },
          ],
        },
      ],
      output: [
        { id: 1, v: '[10,6]' },
        { id: 1, v: '[10,3]' },
        { id: 1, v: '[10,0]' },
      ],
    },
  ],
});
