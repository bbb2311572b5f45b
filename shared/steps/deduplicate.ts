import { defineStep, inputAt, type StepInput } from '../define-step.ts';
import { numberedRows } from '../numbered-rows.ts';
import { choice, columns, type ParamsOf } from '../params.ts';
import { order } from '../row-order.ts';
import { ident, join, type Sql, sql } from '../sql.ts';

const params = {
  by: columns('Columns', 'Rows equal in all of these are duplicates.'),
  keep: choice('Keep', 'Which of them stays.', {
    first: 'The first',
    last: 'The last',
    fullest: 'The one with fewest nulls',
  }),
  order: order('In the order of', 'What first and last mean; left empty, rows stand as they come in.', 0),
};

type Params = ParamsOf<typeof params>;

/** In the turned order the last comes first. */
function deduplicated(input: StepInput, { by, keep, order }: Params, fits: (at: Sql) => Sql): Sql {
  const turned = order.map(({ column, direction }) => ({
    column,
    direction: direction === 'asc' ? ('desc' as const) : ('asc' as const),
  }));
  if (keep === 'first') return numberedRows(input, by, order, fits);
  if (keep === 'last') return numberedRows(input, by, turned, fits, 'last');
  const nulls = sql`num_nulls(${join(input.columns.map(({ name }) => ident(name)))})`;
  return numberedRows(input, by, [nulls, ...order], fits);
}

const people = {
  types: { id: 'integer', seen: 'integer' },
  rows: [
    { id: 1, mail: 'a@x', name: null, seen: 1 },
    { id: 2, mail: 'a@x', name: 'Ann', seen: 3 },
    { id: 3, mail: null, name: 'Bo', seen: 2 },
    { id: 4, mail: 'a@x', name: null, seen: 2 },
  ],
};
const keeps = (...ids: readonly number[]) => ({
  output: people.rows.filter(({ id }) => ids.includes(id)),
  rejects: people.rows.filter(({ id }) => !ids.includes(id)),
});

export default defineStep({
  title: 'Remove duplicates',
  group: 'rows',
  icon: 'copy-minus',
  words: 'dedup deduplicate distinct unique',
  help: 'Keeps one row for each combination of the chosen columns; nulls count as equal. The others leave by the rejects.',
  params,
  columns: ([input]) => input ?? [],
  sql: (inputs, chosen) => deduplicated(inputAt(inputs, 0), chosen, (at) => sql`${at} = 1`),
  rejects: {
    title: 'Duplicates',
    sql: (inputs, chosen) => deduplicated(inputAt(inputs, 0), chosen, (at) => sql`${at} > 1`),
  },
  costly: true,
  common: true,
  arrival: () => [0],
  summary: ({ by, keep }) => `by ${by.join(', ')}, keeps the ${keep}`,
  examples: [
    {
      says: 'keeps the first to come',
      params: { by: ['mail'], keep: 'first', order: [] },
      inputs: [people],
      ...keeps(1, 3),
    },
    {
      says: 'keeps the last in an order',
      params: { by: ['mail'], keep: 'last', order: [{ column: 'seen', direction: 'asc' }] },
      inputs: [people],
      ...keeps(2, 3),
    },
    {
      says: 'keeps the last to come',
      params: { by: ['mail'], keep: 'last', order: [] },
      inputs: [people],
      ...keeps(3, 4),
    },
    {
      says: 'keeps the one that knows most',
      params: { by: ['mail'], keep: 'fullest', order: [] },
      inputs: [people],
      ...keeps(2, 3),
    },
  ],
});
