import { defineStep, inputAt, type StepInput } from '../define-step.ts';
import { choice, columns, literal, type ParamsOf } from '../params.ts';
import { problem } from '../problem.ts';
import { freeNames, typeOf, uncut, uncutColumns, withColumns } from '../replaced-columns.ts';
import { asTheyCome, order, orderPieces, over } from '../row-order.ts';
import { ident, join, lines, type Sql, sql, typeName } from '../sql.ts';

const params = {
  columns: columns('Columns', 'Where nulls are filled.'),
  how: choice('With', 'What stands for null.', {
    value: 'A value',
    previous: 'The value before',
    mean: 'The mean',
    median: 'The median',
  }),
  value: literal('Value', 'For “A value”.', { optional: true }),
  by: columns('Within', 'Groups in which the value before, the mean or the median is looked for.', {
    optional: true,
  }),
  order: order('Order', 'For “The value before”; left empty, rows stand as they come in.', 0),
};

type Params = ParamsOf<typeof params>;

const filled = (input: StepInput, columns: readonly string[], instead: (name: string, at: number) => Sql) =>
  withColumns(
    input,
    columns.map((name, at) => ({
      name,
      value: sql`coalesce(input.${ident(name)}, ${instead(name, at)}::${typeName(typeOf(input, name))})`,
    })),
  );

function withValue(input: StepInput, { columns, value }: Params): Sql {
  if (value === '') throw problem('bad_input', 'Value is not set.', { at: { param: 'value' } });
  const computed = columns.map((name) => {
    const type = typeName(uncut(typeOf(input, name)));
    return { name, value: sql`coalesce(input.${ident(name)}::${type}, ${value}::${type})` };
  });
  return sql`select
  ${withColumns(input, computed)}
from ${input.from} as input`;
}

/** A count of the values so far numbers stretches that begin with a value: PostgreSQL has no window that skips nulls. */
function withPrevious(input: StepInput, { columns, by, order }: Params): Sql {
  const [arrival = '', ...counts] = freeNames(
    [input],
    'arrival',
    ...columns.map((_name, at) => `stretch${at}`),
  );
  const groups = over(by, [...orderPieces(order, input.columns), ident(arrival)]);
  const counted = columns.map(
    (name, at) => sql`count(${ident(name)}) ${groups} as ${ident(counts[at] ?? '')}`,
  );
  const before = (name: string, at: number) =>
    sql`first_value(input.${ident(name)}) ${over([...by, counts[at] ?? ''], [...orderPieces(order, input.columns), ident(arrival)])}`;
  return sql`select
  ${filled(input, columns, before)}
from (
  select *, ${join(counted)}
  from (select *, row_number() over () as ${ident(arrival)} from ${input.from} as input) as input
) as input
order by ${ident(arrival)}`;
}

function withMean(input: StepInput, { columns, by }: Params): Sql {
  const rows = asTheyCome(input, by.length > 0);
  return sql`select
  ${filled(input, columns, (name) => sql`avg(input.${ident(name)}) ${over(by, [])}`)}
from ${rows.from} as input${rows.order}`;
}

function withMedian(input: StepInput, { columns, by }: Params): Sql {
  const [group = '', ...medians] = freeNames([input], 'group', ...columns.map((_name, at) => `median${at}`));
  const rows = asTheyCome(input, by.length > 0 || input.inOrder === true, [group, ...medians]);
  const middle = columns.map(
    (name, at) =>
      sql`percentile_cont(0.5) within group (order by ${ident(name)}::double precision) as ${ident(medians[at] ?? '')}`,
  );
  const numbered =
    by.length > 0
      ? sql`dense_rank() ${over(
          [],
          by.map((name) => ident(name)),
        )}`
      : sql`1`;
  return sql`with numbered as (select *, ${numbered} as ${ident(group)} from ${rows.from} as input),
middles as (select ${ident(group)}, ${lines(middle)} from numbered group by ${ident(group)})
select
  ${filled(input, columns, (_name, at) => sql`middles.${ident(medians[at] ?? '')}`)}
from numbered as input join middles using (${ident(group)})${rows.order}`;
}

const ways: Readonly<Record<Params['how'], (input: StepInput, params: Params) => Sql>> = {
  value: withValue,
  previous: withPrevious,
  mean: withMean,
  median: withMedian,
};

const days = {
  types: { day: 'integer', price: 'integer' },
  rows: [
    { shop: 'a', day: 3, price: null },
    { shop: 'a', day: 1, price: 10 },
    { shop: 'a', day: 2, price: 21 },
    { shop: 'b', day: 1, price: null },
    { shop: 'b', day: 2, price: 5 },
  ],
};
const result = (...prices: readonly (number | null)[]) =>
  days.rows.map((row, at) => ({ ...row, price: prices[at] ?? null }));

export default defineStep({
  title: 'Fill missing',
  group: 'clean',
  icon: 'paint-bucket',
  words: 'null impute previous forward mean median coalesce default',
  help: 'Puts something in the place of null: a value, the value of the row before, the mean or the median. What is put there is turned into the type of the column.',
  params,
  columns: ([input], { columns, how }) => uncutColumns(input, how === 'value' ? columns : []),
  sql: (inputs, chosen) => ways[chosen.how](inputAt(inputs, 0), chosen),
  sameCount: true,
  arrival: ({ how }) => (how === 'previous' ? [0] : []),
  summary: ({ columns, how, value }) =>
    `${columns.join(', ')} with ${how === 'value' ? value : `the ${how}`}`,
  examples: [
    {
      says: 'a value',
      params: { columns: ['price'], how: 'value', value: '0', by: [], order: [] },
      inputs: [days],
      output: result(0, 10, 21, 0, 5),
    },
    {
      says: 'the value before, within each shop, by day',
      params: {
        columns: ['price'],
        how: 'previous',
        value: '',
        by: ['shop'],
        order: [{ column: 'day', direction: 'asc' }],
      },
      inputs: [days],
      output: result(21, 10, 21, null, 5),
    },
    {
      says: 'the mean of all, rounded to whole numbers as the column is',
      params: { columns: ['price'], how: 'mean', value: '', by: [], order: [] },
      inputs: [days],
      output: result(12, 10, 21, 12, 5),
    },
    {
      says: 'the median of each shop',
      params: { columns: ['price'], how: 'median', value: '', by: ['shop'], order: [] },
      inputs: [days],
      output: result(16, 10, 21, 5, 5),
    },
  ],
});
