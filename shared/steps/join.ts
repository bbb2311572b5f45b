import { defineStep, inputAt, type StepInput } from '../define-step.ts';
import { choice, column, list, type ParamsOf } from '../params.ts';
import { problem } from '../problem.ts';
import { rowsWhere } from '../row-order.ts';
import { inPlaces, rightCells } from '../side-by-side.ts';
import { ident, join, lines, type Sql, sql } from '../sql.ts';

const params = {
  how: choice('How', 'Which rows stay.', {
    inner: 'Inner: rows that have a partner',
    left: 'Left: all rows of the left',
    right: 'Right: all rows of the right',
    full: 'Full: all rows of both',
    semi: 'Semi: rows of the left that have a partner',
    anti: 'Anti: rows of the left that have none',
    cross: 'Cross: every row with every other',
  }),
  on: list(
    'On',
    'Columns that must be equal; none for a cross join. Null equals nothing, not even null.',
    {
      left: column('Left', 'A column of the left input.', { input: 0 }),
      right: column('Right', 'A column of the right input.', { input: 1 }),
    },
    0,
  ),
};

type Params = ParamsOf<typeof params>;
type Pair = Params['on'][number];

const joins = { inner: sql`inner`, left: sql`left`, right: sql`right`, full: sql`full` } as const;
const exists = { semi: sql`exists`, anti: sql`not exists` } as const;

const matches = (on: readonly Pair[]): Sql =>
  join(
    on.map((pair) => sql`l.${ident(pair.left)} = r.${ident(pair.right)}`),
    sql`
  and `,
  );

/** A key stands once, under the left's name, with the value of the side whose rows all stay. */
function leftCell(name: string, how: keyof typeof joins, on: readonly Pair[]): Sql {
  const partners = on.filter(({ left }) => left === name).map(({ right }) => sql`r.${ident(right)}`);
  const [first] = partners;
  if (!first || how === 'inner' || how === 'left') return sql`l.${ident(name)}`;
  if (how === 'right') return sql`${first} as ${ident(name)}`;
  return sql`coalesce(${join([sql`l.${ident(name)}`, ...partners])}) as ${ident(name)}`;
}

const cells = (left: StepInput, right: StepInput, how: keyof typeof joins, on: readonly Pair[]): Sql =>
  lines([
    ...left.columns.map(({ name }) => leftCell(name, how, on)),
    ...rightCells(
      left,
      right,
      on.map((pair) => pair.right),
    ),
  ]);

/** Rows of one side that have a partner on the other, or have none. */
function sideOf(
  own: StepInput,
  other: StepInput,
  side: 'l' | 'r',
  { on, how }: Params,
  has: Sql = exists.anti,
): Sql {
  if (how === 'cross') return rowsWhere(own, sql`own`, sql`${has} (select from ${other.from} as other)`);
  const [mine, theirs] = side === 'l' ? [sql`l`, sql`r`] : [sql`r`, sql`l`];
  const partner = sql`select 1 from ${other.from} as ${theirs} where ${matches(on)}`;
  return rowsWhere(own, mine, sql`${has} (${partner})`);
}

function select(left: StepInput, right: StepInput, { how, on }: Params): Sql {
  const rows = inPlaces(left, right);
  if (how === 'cross') {
    return sql`select
  ${cells(left, right, 'inner', [])}
from ${rows.left} as l
cross join ${rows.right} as r${rows.order}`;
  }
  if (on.length === 0)
    throw problem('bad_input', 'On: add at least one pair of columns.', { at: { param: 'on' } });
  if (how === 'semi' || how === 'anti') {
    const partner = sql`select 1 from ${right.from} as r where ${matches(on)}`;
    return rowsWhere(left, sql`l`, sql`${exists[how]} (${partner})`);
  }
  const both = sql`${rows.left} as l
${joins[how]} join ${rows.right} as r
  on ${matches(on)}${rows.order}`;
  return sql`select
  ${cells(left, right, how, on)}
from ${both}`;
}

const people = {
  types: { id: 'integer' },
  rows: [
    { id: 1, name: 'Ada' },
    { id: 2, name: 'Bob' },
    { id: null, name: 'Nil' },
  ],
};
const fair = { person: 3, name: 'Fair' };
const visits = { types: { person: 'integer' }, rows: [{ person: 1, name: 'Zoo' }, fair] };
const on = [{ left: 'id', right: 'person' }];
const apart = {
  unmatched_left: people.rows.slice(1),
  matched_left: people.rows.slice(0, 1),
  unmatched_right: [fair],
};

export default defineStep({
  title: 'Join',
  group: 'combine',
  icon: 'combine',
  words: 'merge combine inner left right full cross semi anti',
  help: 'Puts the rows of two inputs side by side where the chosen columns are equal. Where a step after it goes by the order of rows, they come as those of the left do. The keys stand once, under the left name; other columns of the right whose name is taken get _right at the end.',
  inputs: [
    { name: 'left', title: 'Left' },
    { name: 'right', title: 'Right' },
  ],
  params,
  columns: 'described',
  sql: (inputs, chosen) => select(inputAt(inputs, 0), inputAt(inputs, 1), chosen),
  left: {
    unmatched_left: {
      title: 'Left without a partner',
      sql: (inputs, chosen) => sideOf(inputAt(inputs, 0), inputAt(inputs, 1), 'l', chosen),
    },
    unmatched_right: {
      title: 'Right without a partner',
      input: 1,
      sql: (inputs, chosen) => sideOf(inputAt(inputs, 1), inputAt(inputs, 0), 'r', chosen),
    },
    matched_left: {
      title: 'Left with a partner',
      sql: (inputs, chosen) => sideOf(inputAt(inputs, 0), inputAt(inputs, 1), 'l', chosen, exists.semi),
    },
  },
  common: true,
  grows: ({ how }) => (how === 'full' ? [] : how === 'right' ? [1] : [0]),
  summary: ({ how, on }) =>
    how === 'cross'
      ? 'every row with every other'
      : `${how} on ${on.map(({ left, right }) => (left === right ? left : `${left} = ${right}`)).join(', ')}`,
  examples: [
    {
      says: 'inner keeps rows that have a partner',
      params: { how: 'inner', on },
      inputs: [people, visits],
      output: [{ id: 1, name: 'Ada', name_right: 'Zoo' }],
      left: apart,
    },
    {
      says: 'left keeps all rows of the left',
      params: { how: 'left', on },
      inputs: [people, visits],
      output: [
        { id: 1, name: 'Ada', name_right: 'Zoo' },
        { id: 2, name: 'Bob', name_right: null },
        { id: null, name: 'Nil', name_right: null },
      ],
      left: apart,
    },
    {
      says: 'right keeps all rows of the right, and takes the key from there',
      params: { how: 'right', on },
      inputs: [people, visits],
      output: [
        { id: 1, name: 'Ada', name_right: 'Zoo' },
        { id: 3, name: null, name_right: 'Fair' },
      ],
      left: apart,
    },
    {
      says: 'full keeps all rows of both',
      params: { how: 'full', on },
      inputs: [people, visits],
      output: [
        { id: 1, name: 'Ada', name_right: 'Zoo' },
        { id: 2, name: 'Bob', name_right: null },
        { id: 3, name: null, name_right: 'Fair' },
        { id: null, name: 'Nil', name_right: null },
      ],
      left: apart,
    },
    {
      says: 'semi keeps rows of the left that have a partner, once each',
      params: { how: 'semi', on },
      inputs: [people, { ...visits, rows: [...visits.rows, ...visits.rows] }],
      output: [{ id: 1, name: 'Ada' }],
      left: { ...apart, unmatched_right: [fair, fair] },
    },
    {
      says: 'anti keeps rows of the left that have none',
      params: { how: 'anti', on },
      inputs: [people, visits],
      output: [
        { id: 2, name: 'Bob' },
        { id: null, name: 'Nil' },
      ],
      left: apart,
    },
    {
      says: 'cross puts every row beside every other',
      params: { how: 'cross', on: [] },
      inputs: [{ rows: [{ a: 'x' }, { a: 'y' }] }, { rows: [{ b: '1' }] }],
      output: [
        { a: 'x', b: '1' },
        { a: 'y', b: '1' },
      ],
      left: { matched_left: [{ a: 'x' }, { a: 'y' }] },
    },
  ],
});
