import { cutName, refuseDoubles, suffixedName } from '../column-names.ts';
import { defineStep, inputAt, type StepInput } from '../define-step.ts';
import { groupsInOrder } from '../groups-in-order.ts';
import { choice, column, columns, expression, list, number, type ParamsOf, text } from '../params.ts';
import { problem } from '../problem.ts';
import { freeNames } from '../replaced-columns.ts';
import { numbered } from '../row-order.ts';
import { expression as fenced, ident, lines, names, nothing, type Sql, sql } from '../sql.ts';

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
        median: 'Median',
        percentile: 'Percentile',
        deviation: 'Standard deviation',
        first: 'First, as rows come in',
        last: 'Last, as rows come in',
        list: 'List of the values, as rows come in',
        all_true: 'True for all',
        any_true: 'True for any',
      }),
      column: column('Column', 'Left empty, count counts rows; else the values that are not null.', {
        optional: true,
      }),
      name: text('Name', 'Left empty: made from function and column.', { optional: true }),
      where: expression('Only where', 'SQL condition for the rows that count; left empty: all.', {
        optional: true,
      }),
      percent: number('Percent', 'For the percentile: 90, say.', { optional: true }),
    },
    0,
  ),
};

type Value = ParamsOf<typeof params>['values'][number];

const quantile = (column: Sql, share: number): Sql =>
  sql`percentile_cont(${share}) within group (order by ${column})`;

/** The place of the percentile as a share; PostgreSQL ends the statement outside 0 to 1. */
function shareOf({ percent }: Value): number {
  if (percent !== null && percent >= 0 && percent <= 100) return percent / 100;
  throw problem('bad_input', 'Percent: a number from 0 to 100.', { at: { param: 'values' } });
}

const functions: Readonly<
  Record<Exclude<Value['function'], 'first' | 'last' | 'list'>, (column: Sql, entry: Value) => Sql>
> = {
  count: (column) => sql`count(${column})`,
  count_distinct: (column) => sql`count(distinct ${column})`,
  sum: (column) => sql`sum(${column})`,
  mean: (column) => sql`avg(${column})`,
  min: (column) => sql`min(${column})`,
  max: (column) => sql`max(${column})`,
  median: (column) => quantile(column, 0.5),
  percentile: (column, entry) => quantile(column, shareOf(entry)),
  deviation: (column) => sql`stddev_samp(${column})`,
  all_true: (column) => sql`bool_and(${column})`,
  any_true: (column) => sql`bool_or(${column})`,
};

/** True for what depends on the order in which rows come in. */
const followsArrival = ({ function: kind }: Value): boolean => ['first', 'last', 'list'].includes(kind);

const nameOf = ({ function: kind, column, name }: Value): string =>
  name || (column ? cutName(`${kind}_${column}`) : kind);

/**
 * First and last take their place in a list, so that the condition belongs to both of its halves; it is put in order
 * there, as rows come to it by group, or by the values that another one counts.
 */
function computed(entry: Value, arrival: Sql): Sql {
  const { function: kind, column, where } = entry;
  const filter = where.trim() ? sql` filter (where ${fenced(where)})` : nothing;
  if (!column && kind === 'count') return sql`count(*)${filter}`;
  if (!column) throw problem('bad_input', `"${nameOf(entry)}" needs a column.`, { at: { param: 'values' } });
  const cell = ident(column);
  const ordered = sql`array_agg(${cell} order by ${arrival})${filter}`;
  if (kind === 'first') return sql`(${ordered})[1]`;
  if (kind === 'last') return sql`(${ordered})[count(*)${filter}]`;
  if (kind === 'list') return sql`string_agg(${cell}::text, ', ' order by ${arrival})${filter}`;
  return sql`${functions[kind](cell, entry)}${filter}`;
}

const value = (entry: Value, arrival: Sql): Sql =>
  sql`${computed(entry, arrival)} as ${ident(nameOf(entry))}`;

function grouped(
  inputs: readonly StepInput[],
  { by, values }: ParamsOf<typeof params>,
  more: readonly Sql[],
): Sql {
  if (by.length + values.length === 0) {
    throw problem('bad_input', 'Choose a column to group by or a value to compute.', {
      at: { param: 'by' },
    });
  }
  refuseDoubles([...by, ...values.map(nameOf)]);
  const input = inputAt(inputs, 0);
  const [arrival = ''] = freeNames([input], 'arrival');
  const from = values.some(followsArrival) ? numbered(input, arrival) : input.from;
  return sql`select
  ${lines([...by.map((name) => ident(name)), ...values.map((entry) => value(entry, ident(arrival))), ...more])}
from ${from} as input`;
}

export default defineStep({
  title: 'Aggregate',
  group: 'summarise',
  icon: 'sigma',
  words: 'group by count sum average total summarise summarize median percentile',
  help: 'Makes one row of each group, in the order of the groups. Nulls form a group of their own; sum, mean, smallest and largest leave nulls out.',
  params,
  columns: 'described',
  sql: (inputs, chosen) => {
    const all = grouped(inputs, chosen, []);
    return chosen.by.length > 0 ? groupsInOrder(all, chosen.by) : all;
  },
  counting: {
    of: 'input',
    fits: ({ by }) => by.length > 0,
    sql: (inputs, chosen, count) => {
      const { by, values } = chosen;
      const cells = [...by, ...values.map(nameOf)];
      const taken = new Set(cells);
      const rows = ident(taken.has('rows') ? suffixedName('rows', '_', taken) : 'rows');
      const all = groupsInOrder(grouped(inputs, chosen, [sql`count(*) as ${rows}`]), by);
      return sql`select ${names(cells)} from (${all}) as counted where ${count(sql`counted.${rows}`)}`;
    },
  },
  common: true,
  settled: true,
  apart: { param: 'values', name: nameOf },
  arrival: ({ values }) => (values.some(followsArrival) ? [0] : []),
  summary: ({ by, values }) =>
    [values.map(nameOf).join(', '), by.length > 0 ? `by ${by.join(', ')}` : ''].filter(Boolean).join(' '),
  examples: [
    {
      says: 'counts and sums by group, nulls as a group of their own',
      params: {
        by: ['city'],
        values: [
          { function: 'count', column: '', name: 'rows', where: '', percent: null },
          { function: 'count_distinct', column: 'amount', name: '', where: '', percent: null },
          { function: 'sum', column: 'amount', name: 'total', where: '', percent: null },
          { function: 'mean', column: 'amount', name: '', where: '', percent: null },
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
      says: 'counts only where a condition holds; percentiles, first and last, lists',
      params: {
        by: [],
        values: [
          { function: 'sum', column: 'amount', name: 'large', where: 'amount > 1', percent: null },
          { function: 'percentile', column: 'amount', name: 'p25', where: '', percent: 25 },
          { function: 'median', column: 'amount', name: '', where: '', percent: null },
          { function: 'first', column: 'amount', name: '', where: '', percent: null },
          { function: 'last', column: 'amount', name: '', where: 'amount < 3', percent: null },
          { function: 'list', column: 'amount', name: '', where: '', percent: null },
        ],
      },
      inputs: [
        {
          types: { amount: 'integer' },
          rows: [{ amount: 1 }, { amount: 2 }, { amount: 3 }, { amount: null }],
        },
      ],
      output: [
        { large: 5, p25: '1.5', median_amount: '2', first_amount: 1, last_amount: 2, list_amount: '1, 2, 3' },
      ],
    },
    {
      says: 'without groups gives one row, also of no rows',
      params: {
        by: [],
        values: [
          { function: 'count', column: '', name: '', where: '', percent: null },
          { function: 'max', column: 'day', name: 'latest', where: '', percent: null },
        ],
      },
      inputs: [{ types: { day: 'date' }, rows: [] }],
      output: [{ count: 0, latest: null }],
    },
  ],
});
