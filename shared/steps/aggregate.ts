import { cutName, refuseDoubles } from '../column-names.ts';
import { defineStep, inputAt } from '../define-step.ts';
import { choice, column, columns, list, type ParamsOf, text } from '../params.ts';
import { problem } from '../problem.ts';
import { ident, lines, names, nothing, type Sql, sql } from '../sql.ts';

const params = {
  by: columns('Group by', 'One row for each combination of these. None: one row over everything.', {
    optional: true,
  }),
  values: list(
    'Values',
    'What to compute of each group.',
    {
      function: choice('Function', 'How the values of a group become one.', {
        count: 'Count',
        count_distinct: 'Count distinct',
        sum: 'Sum',
        mean: 'Mean',
        min: 'Smallest',
        max: 'Largest',
      }),
      column: column('Column', 'Left empty, count counts rows; else the values that are not null.', {
        optional: true,
      }),
      name: text('Name', 'Left empty: made from function and column.', { optional: true }),
    },
    0,
  ),
};

type Value = ParamsOf<typeof params>['values'][number];

const functions: Readonly<Record<Value['function'], (column: Sql) => Sql>> = {
  count: (column) => sql`count(${column})`,
  count_distinct: (column) => sql`count(distinct ${column})`,
  sum: (column) => sql`sum(${column})`,
  mean: (column) => sql`avg(${column})`,
  min: (column) => sql`min(${column})`,
  max: (column) => sql`max(${column})`,
};

const nameOf = ({ function: kind, column, name }: Value): string =>
  name || (column ? cutName(`${kind}_${column}`) : kind);

function value(entry: Value): Sql {
  const { function: kind, column } = entry;
  if (column) return sql`${functions[kind](ident(column))} as ${ident(nameOf(entry))}`;
  if (kind === 'count') return sql`count(*) as ${ident(nameOf(entry))}`;
  throw problem('bad_input', `"${nameOf(entry)}" needs a column.`, { at: { param: 'values' } });
}

export default defineStep({
  title: 'Aggregate',
  group: 'summarise',
  icon: 'sigma',
  help: 'Makes one row of each group, in the order of the groups. Nulls form a group of their own; sum, mean, smallest and largest leave nulls out.',
  params,
  columns: 'described',
  sql: (inputs, { by, values }) => {
    if (by.length + values.length === 0) {
      throw problem('bad_input', 'Choose a column to group by or a value to compute.', {
        at: { param: 'by' },
      });
    }
    refuseDoubles([...by, ...values.map(nameOf)]);
    const cells = lines([...by.map((name) => ident(name)), ...values.map(value)]);
    const groups =
      by.length > 0
        ? sql`
group by ${names(by)}
order by ${names(by)}`
        : nothing;
    return sql`select
  ${cells}
from ${inputAt(inputs, 0).from} as input${groups}`;
  },
  summary: ({ by, values }) =>
    [values.map(nameOf).join(', '), by.length > 0 ? `by ${by.join(', ')}` : ''].filter(Boolean).join(' '),
  examples: [
    {
      says: 'counts and sums by group, nulls as a group of their own',
      params: {
        by: ['city'],
        values: [
          { function: 'count', column: '', name: 'rows' },
          { function: 'count_distinct', column: 'amount', name: '' },
          { function: 'sum', column: 'amount', name: 'total' },
          { function: 'mean', column: 'amount', name: '' },
        ],
      },
      inputs: [
        {
          types: { amount: 'integer' },
          rows: [
            { city: 'Bern', amount: 3 },
            { city: null, amount: null },
            { city: 'Bern', amount: 3 },
            { city: 'Basel', amount: 1 },
          ],
        },
      ],
      output: [
        { city: 'Basel', rows: 1, count_distinct_amount: 1, total: 1, mean_amount: '1.00000000000000000000' },
        { city: 'Bern', rows: 2, count_distinct_amount: 1, total: 6, mean_amount: '3.0000000000000000' },
        { city: null, rows: 1, count_distinct_amount: 0, total: null, mean_amount: null },
      ],
    },
    {
      says: 'without groups gives one row, also of no rows',
      params: {
        by: [],
        values: [
          { function: 'count', column: '', name: '' },
          { function: 'max', column: 'day', name: 'latest' },
        ],
      },
      inputs: [{ types: { day: 'date' }, rows: [] }],
      output: [{ count: 0, latest: null }],
    },
  ],
});
