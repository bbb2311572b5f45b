import { defineStep, inputAt, type StepInput } from '../define-step.ts';
import { column, number, type ParamsOf } from '../params.ts';
import { columnsOf, freeNames } from '../replaced-columns.ts';
import { order, orderPieces, over } from '../row-order.ts';
import { ident, type Sql, sql } from '../sql.ts';

const usual = 0.1;

const params = {
  vector: column('Vector column', 'Rows near one another in it say the same.'),
  distance: number('Nearer than', 'Cosine distance, from 0 (same direction) to 2. Empty: 0.1.', {
    optional: true,
  }),
  order: order(
    'Keep the first in the order of',
    'Which of near rows stays; left empty, the one that comes first.',
    0,
  ),
};

/** Rows that have an earlier one near them, or those that have none. */
function nearRows(
  input: StepInput,
  { vector, distance, order: by }: ParamsOf<typeof params>,
  fits: (near: Sql) => Sql,
): Sql {
  const [arrival = '', place = ''] = freeNames([input], 'arrival', 'place');
  const v = ident(vector);
  const near = sql`(input.${v} is not null and exists (
  select from _numbered as _earlier
  where _earlier.${ident(place)} < input.${ident(place)} and _earlier.${v} <=> input.${v} < ${String(distance ?? usual)}::float8
))`;
  return sql`with _numbered as materialized (
  select *, row_number() ${over([], [...orderPieces(by, input.columns), ident(arrival)])} as ${ident(place)}
  from (select *, row_number() over () as ${ident(arrival)} from ${input.from} as input) as input
)
select
  ${columnsOf(input, sql`input`)}
from _numbered as input
where ${fits(near)}
order by ${ident(arrival)}`;
}

const notes = {
  types: { id: 'integer', v: 'vector(2)' },
  rows: [
    { id: 1, v: '[1,0]' },
    { id: 2, v: '[9,1]' },
    { id: 3, v: '[0,1]' },
    { id: 4, v: null },
    { id: 5, v: null },
  ],
};
const keeps = (...ids: readonly number[]) => ({
  output: notes.rows.filter(({ id }) => ids.includes(id)),
  rejects: notes.rows.filter(({ id }) => !ids.includes(id)),
});

export default defineStep({
  title: 'Near duplicates',
  group: 'rows',
  icon: 'orbit',
  words: 'fuzzy dedup deduplicate similar entity resolution',
  help: 'Keeps a row unless an earlier one has nearly the same vector: a text that says the same in other words. The others leave by the rejects. Every row is compared with every other.',
  params,
  columns: ([input]) => input ?? [],
  sql: (inputs, chosen) => nearRows(inputAt(inputs, 0), chosen, (near) => sql`not ${near}`),
  rejects: {
    title: 'Near duplicates',
    sql: (inputs, chosen) => nearRows(inputAt(inputs, 0), chosen, (near) => near),
  },
  costly: true,
  arrival: () => [0],
  summary: ({ vector, distance }) => `${vector} nearer than ${distance ?? usual}`,
  examples: [
    {
      says: 'keeps the first of near ones, and rows without a vector',
      params: { vector: 'v', distance: null, order: [] },
      inputs: [notes],
      ...keeps(1, 3, 4, 5),
    },
    {
      says: 'keeps the last in an order',
      params: { vector: 'v', distance: null, order: [{ column: 'id', direction: 'desc' }] },
      inputs: [notes],
      ...keeps(2, 3, 4, 5),
    },
  ],
});
