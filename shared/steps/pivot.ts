import { cutName, refuseDoubles } from '../column-names.ts';
import { defineStep, inputAt } from '../define-step.ts';
import { groupsInOrder } from '../groups-in-order.ts';
import { choice, column, columns, list, literal, type ParamsOf, text } from '../params.ts';
import { problem } from '../problem.ts';
import { ident, join, lines, type Sql, sql } from '../sql.ts';

const params = {
  by: columns('One row for each', 'Groups; none: one row over everything.', { optional: true }),
  column: column('Column', 'Its values become columns.'),
  values: list('Values', 'Rows with another value leave apart.', {
    value: literal('Value', 'As text.'),
    name: text('Name', 'Of the column; left empty, the value itself.', { optional: true }),
  }),
  function: choice('Function', 'How the values of a cell become one.', {
    sum: 'Sum',
    count: 'Count',
    mean: 'Mean',
    min: 'Smallest',
    max: 'Largest',
  }),
  of: column('Of', 'What is put in the cells; left empty, count counts rows.', { optional: true }),
};

type Params = ParamsOf<typeof params>;

const functions: Readonly<Record<Params['function'], (cell: Sql) => Sql>> = {
  sum: (cell) => sql`sum(${cell})`,
  count: (cell) => sql`count(${cell})`,
  mean: (cell) => sql`avg(${cell})`,
  min: (cell) => sql`min(${cell})`,
  max: (cell) => sql`max(${cell})`,
};

const nameOf = ({ value, name }: Params['values'][number]): string => name || cutName(value);

function cellOf({ function: kind, of }: Params): Sql {
  if (of) return functions[kind](sql`input.${ident(of)}`);
  if (kind === 'count') return sql`count(*)`;
  throw problem('bad_input', 'Of is not set.', { at: { param: 'of' } });
}

const payments = {
  types: { order: 'integer', amount: 'integer' },
  rows: [
    { order: 1, method: 'card', amount: 5 },
    { order: 1, method: 'card', amount: 2 },
    { order: 1, method: 'cash', amount: 1 },
    { order: 2, method: 'cheque', amount: 9 },
  ],
};

export default defineStep({
  title: 'Pivot',
  group: 'summarise',
  icon: 'table-columns-split',
  words: 'crosstab wide spread columns',
  help: 'Makes columns of the values of a column, and one row of each group. Rows whose value is not listed leave apart.',
  params,
  columns: 'described',
  sql: (inputs, chosen) => {
    const { by, column, values } = chosen;
    refuseDoubles([...by, ...values.map(nameOf)]);
    const cells = values.map(
      (entry) =>
        sql`${cellOf(chosen)} filter (where input.${ident(column)}::text = ${entry.value}) as ${ident(nameOf(entry))}`,
    );
    const all = sql`select
  ${lines([...by.map((name) => ident(name)), ...cells])}
from ${inputAt(inputs, 0).from} as input`;
    return by.length > 0 ? groupsInOrder(all, by) : all;
  },
  left: {
    other: {
      title: 'Rows with another value',
      sql: (inputs, { column, values }) => sql`select *
from ${inputAt(inputs, 0).from} as input
where (input.${ident(column)}::text in (${join(values.map(({ value }) => value))})) is not true`,
    },
  },
  settled: true,
  summary: ({ function: kind, of, column, values, by }) =>
    `${kind}${of ? ` of ${of}` : ''} for ${column} ${values.map(nameOf).join(', ')}${by.length > 0 ? ` by ${by.join(', ')}` : ''}`,
  examples: [
    {
      says: 'a column for each method',
      params: {
        by: ['order'],
        column: 'method',
        values: [
          { value: 'card', name: '' },
          { value: 'cash', name: 'in_cash' },
        ],
        function: 'sum',
        of: 'amount',
      },
      inputs: [{ ...payments, types: { ...payments.types, method: 'character varying' } }],
      output: [
        { order: 1, card: 7, in_cash: 1 },
        { order: 2, card: null, in_cash: null },
      ],
      left: { other: [{ order: 2, method: 'cheque', amount: 9 }] },
    },
    {
      says: 'counts rows, over everything',
      params: {
        by: [],
        column: 'method',
        values: [{ value: 'card', name: 'cards' }],
        function: 'count',
        of: '',
      },
      inputs: [{ ...payments, types: { ...payments.types, method: 'character varying' } }],
      output: [{ cards: 2 }],
      left: { other: payments.rows.slice(2) },
    },
  ],
});
