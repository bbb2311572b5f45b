import { defineStep, inputAt, type StepInput } from '../define-step.ts';
import { choice, columns, type ParamsOf } from '../params.ts';
import { problem } from '../problem.ts';
import { columnsOf, freeNames } from '../replaced-columns.ts';
import { ident, join, lines, type Sql, sql, typeName } from '../sql.ts';

const params = {
  how: choice('Keep', 'Which rows of the first input stay.', {
    except: 'Those that the second has not',
    intersect: 'Those that the second has, too',
  }),
  by: columns('Compare', 'Columns that both inputs have; none: all of the first.', { optional: true }),
};

type Params = ParamsOf<typeof params>;

/** Both inputs sorted together once: PostgreSQL joins by nulls only row against row. */
function compared(inputs: readonly StepInput[], { by }: Params, there: boolean): Sql {
  const first = inputAt(inputs, 0);
  const second = inputAt(inputs, 1);
  const keys = by.length > 0 ? by : first.columns.map(({ name }) => name);
  const lacking = keys.find((key) => second.columns.every(({ name }) => name !== key));
  if (lacking !== undefined)
    throw problem('bad_input', `The second input has no column "${lacking}" to compare.`, {
      at: { param: 'by', column: lacking },
    });
  const [arrival = '', other = ''] = freeNames(inputs, 'arrival', 'other');
  const padded = first.columns.map(({ name, type }) =>
    keys.includes(name) ? ident(name) : sql`null::${typeName(type)}`,
  );
  return sql`select
  ${columnsOf(first, sql`input`)}
from (
  select *, bool_or(${ident(arrival)} is null) over (partition by ${join(keys.map((key) => ident(key)))}) as ${ident(other)}
  from (
    select ${lines(first.columns.map(({ name }) => ident(name)))}, row_number() over () as ${ident(arrival)} from ${first.from} as input
    union all
    select ${lines(padded)}, null from ${second.from} as input
  ) as input
) as input
where ${ident(arrival)} is not null and ${ident(other)} = ${there}
order by ${ident(arrival)}`;
}

const first = {
  types: { id: 'integer' },
  rows: [
    { id: 1, city: 'Bern' },
    { id: 1, city: 'Bern' },
    { id: 2, city: null },
    { id: 3, city: 'Basel' },
  ],
};
const second = {
  types: { id: 'integer' },
  rows: [
    { city: 'Bern', id: 1 },
    { city: null, id: 2 },
    { city: 'Bern', id: 3 },
  ],
};
const parts = (at: number) => ({ before: first.rows.slice(0, at), after: first.rows.slice(at) });

export default defineStep({
  title: 'Except or intersect',
  group: 'combine',
  icon: 'diff',
  words: 'difference minus anti compare intersect',
  help: 'Compares rows of two inputs, and keeps those that the second has not, or has too. Nulls count as equal. The others leave by the rejects.',
  inputs: [
    { name: 'first', title: 'First' },
    { name: 'second', title: 'Second' },
  ],
  params,
  columns: 'described',
  sql: (inputs, chosen) => compared(inputs, chosen, chosen.how === 'intersect'),
  rejects: {
    title: 'Rows that do not stay',
    sql: (inputs, chosen) => compared(inputs, chosen, chosen.how === 'except'),
  },
  costly: true,
  summary: ({ how, by }) => `${how}${by.length > 0 ? ` by ${by.join(', ')}` : ''}`,
  examples: [
    {
      says: 'rows that the second has not',
      params: { how: 'except', by: [] },
      inputs: [first, second],
      output: parts(3).after,
      rejects: parts(3).before,
    },
    {
      says: 'rows that the second has too, by one column',
      params: { how: 'intersect', by: ['city'] },
      inputs: [first, second],
      output: parts(3).before,
      rejects: parts(3).after,
    },
  ],
});
