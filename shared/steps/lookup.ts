import { refuseDoubles } from '../column-names.ts';
import { defineStep, inputAt, type StepInput } from '../define-step.ts';
import { column, list, type ParamsOf, text } from '../params.ts';
import { freeNames, withColumns } from '../replaced-columns.ts';
import { asTheyCome, rowsWhere } from '../row-order.ts';
import { ident, join, lines, names, type Sql, sql } from '../sql.ts';

const params = {
  on: list('On', 'Columns that must be equal.', {
    left: column('Left', 'A column of the rows.', { input: 0 }),
    right: column('Right', 'A column of the table looked into.', { input: 1 }),
  }),
  take: list('Take', 'What to fetch.', {
    column: column('Column', 'Of the table looked into.', { input: 1 }),
    name: text('Name', 'Left empty, it keeps its name.', { optional: true }),
  }),
};

type Params = ParamsOf<typeof params>;

/** What a fetched column is called. */
const nameOf = ({ column, name }: Params['take'][number]): string => name || column;

const matches = (on: Params['on'], right: Sql): Sql =>
  join(
    on.map((pair) => sql`input.${ident(pair.left)} = ${right}.${ident(pair.right)}`),
    sql` and `,
  );

function looked(input: StepInput, table: StepInput, { on, take }: Params): Sql {
  refuseDoubles(take.map(nameOf));
  const keys = [...new Set(on.map(({ right }) => right))];
  const [arrival = ''] = freeNames([table], 'arrival');
  const cells = lines([
    ...keys.map((name) => ident(name)),
    ...take.map(({ column }, at) => sql`${ident(column)} as ${ident(`taken${at}`)}`),
  ]);
  const computed = take.map((entry, at) => ({
    name: nameOf(entry),
    value: sql`found.${ident(`taken${at}`)}`,
  }));
  const rows = asTheyCome(input, input.inOrder === true);
  return sql`select
  ${withColumns(input, computed)}
from ${rows.from} as input
left join (
  select distinct on (${names(keys)}) ${cells}
  from (select *, row_number() over () as ${ident(arrival)} from ${table.from} as looked) as looked
  order by ${names([...keys, arrival])}
) as found on ${matches(on, sql`found`)}${rows.order}`;
}

const orders = {
  types: { id: 'integer', city: 'integer' },
  rows: [
    { id: 1, city: 7 },
    { id: 2, city: 8 },
    { id: 3, city: null },
  ],
};
const cities = { types: { no: 'integer' }, rows: [{ no: 7, name: 'Bern', id: 'BE' }] };

export default defineStep({
  title: 'Lookup',
  group: 'combine',
  icon: 'book-open-text',
  words: 'vlookup xlookup map enrich reference',
  help: 'Fetches columns from another table by key. Never makes or drops rows: where the key stands there several times, the first of them counts; what is not found is null, and leaves a second time apart.',
  inputs: [
    { name: 'rows', title: 'Rows' },
    { name: 'table', title: 'Table looked into' },
  ],
  params,
  columns: 'described',
  sql: (inputs, chosen) => looked(inputAt(inputs, 0), inputAt(inputs, 1), chosen),
  left: {
    missing: {
      title: 'Rows that were not found',
      sql: (inputs, { on }) =>
        rowsWhere(
          inputAt(inputs, 0),
          sql`input`,
          sql`not exists (select from ${inputAt(inputs, 1).from} as looked where ${matches(on, sql`looked`)})`,
        ),
    },
  },
  sameCount: true,
  apart: { param: 'take', name: nameOf, also: ['on'] },
  arrival: () => [1],
  grows: () => [0],
  summary: ({ on, take }) =>
    `${take.map(nameOf).join(', ')} by ${on.map(({ left, right }) => (left === right ? left : `${left} = ${right}`)).join(', ')}`,
  examples: [
    {
      says: 'fetches a name by number',
      params: {
        on: [{ left: 'city', right: 'no' }],
        take: [
          { column: 'name', name: 'city_name' },
          { column: 'id', name: 'canton' },
        ],
      },
      inputs: [orders, cities],
      output: [
        { id: 1, city: 7, city_name: 'Bern', canton: 'BE' },
        { id: 2, city: 8, city_name: null, canton: null },
        { id: 3, city: null, city_name: null, canton: null },
      ],
      left: { missing: orders.rows.slice(1) },
    },
    {
      says: 'two columns that must equal the same one',
      params: {
        on: [
          { left: 'id', right: 'no' },
          { left: 'city', right: 'no' },
        ],
        take: [{ column: 'name', name: '' }],
      },
      inputs: [{ ...orders, rows: [{ id: 7, city: 7 }, ...orders.rows.slice(0, 1)] }, cities],
      output: [
        { id: 7, city: 7, name: 'Bern' },
        { id: 1, city: 7, name: null },
      ],
      left: { missing: orders.rows.slice(0, 1) },
    },
  ],
});
