import type { Column } from '../column.ts';
import { type Answer, defineStep, inputAt } from '../define-step.ts';
import { choice, column, columns, type ParamsOf, table } from '../params.ts';
import { problem } from '../problem.ts';
import { names, sql } from '../sql.ts';

const params = {
  table: table('Table', 'Imported, or written by another pipeline.'),
  others: choice('New columns', 'What becomes of columns that are not among the known ones.', {
    keep: 'Keep them',
    drop: 'Drop them',
    ask: 'Stop, and ask',
  }),
  known: columns('Known columns', 'For “drop” and “ask”: the columns that are wanted.', { optional: true }),
  since: column(
    'Only new rows, by',
    'A time or number that grows: a run reads the rows after the highest one it has read, and adds them. Empty: all rows.',
    { optional: true },
  ),
};

type Params = ParamsOf<typeof params>;

/** So many new columns can be kept one by one. */
const fewest = 4;

/** What to do about columns that came, or went, since the known ones were chosen. */
function answersOf(all: readonly Column[], { others, known }: Params): readonly Answer<Params>[] {
  const names = all.map(({ name }) => name);
  if (others === 'keep' || names.length === 0) return [];
  if (known.length === 0) return [{ says: `Take all ${names.length} of now`, params: { known: names } }];
  const there = known.filter((name) => names.includes(name));
  const gone = known.filter((name) => !names.includes(name));
  if (gone.length > 0) return [{ says: `Do without ${gone.join(', ')}`, params: { known: there } }];
  const added = names.filter((name) => !known.includes(name));
  if (others === 'drop' || added.length === 0) return [];
  const keep = (says: string, some: readonly string[]) => ({ says, params: { known: [...known, ...some] } });
  return [
    ...(added.length > 1 ? [keep(`Keep all ${added.length}`, added)] : []),
    ...(added.length <= fewest ? added.map((name) => keep(`Keep ${name}`, [name])) : []),
    { says: 'Drop what is new', params: { others: 'drop' } },
  ];
}

/** The columns of the table that go on. */
function kept(all: readonly Column[], { table, others, known }: Params): readonly Column[] {
  if (others === 'keep') return all;
  if (known.length === 0) {
    throw problem('bad_input', 'Known columns: choose at least one.', { at: { param: 'known' } });
  }
  const gone = known.find((name) => all.every((column) => column.name !== name));
  if (gone !== undefined) {
    throw problem('bad_input', `"${table}" has no column "${gone}" any more.`, {
      hint: 'Take it out of the known columns, and mend the steps that need it.',
      at: { param: 'known', table, column: gone },
    });
  }
  const isNew = ({ name }: Column) => !known.includes(name);
  const added = all.filter(isNew).map(({ name }) => name);
  const [first] = added;
  if (others === 'ask' && first !== undefined) {
    const what = added.length === 1 ? 'a new column' : `${added.length} new columns`;
    throw problem('bad_input', `"${table}" has ${what}: ${added.join(', ')}.`, {
      hint: 'Add to the known columns what is wanted, or choose that new ones are kept or dropped.',
      at: { param: 'known', table, column: first },
    });
  }
  return all.filter((column) => !isNew(column));
}

export default defineStep({
  title: 'Table',
  group: 'in',
  icon: 'table-2',
  words: 'source read input load',
  help: 'Reads all rows of a table of this workspace; in the order of the table, where a step after it goes by the order of rows.',
  inputs: [],
  params,
  columns: ([table], params) => kept(table ?? [], params),
  sql: (inputs, params) => {
    const { columns, from } = inputAt(inputs, 0);
    return sql`select ${names(kept(columns, params).map(({ name }) => name))}
from ${from} as input`;
  },
  reads: ({ table }) => table,
  onlyAfter: ({ since }) => (since === '' ? undefined : since),
  answers: ([table = []], params) => answersOf(table, params),
  rowByRow: true,
  common: true,
  summary: ({ table }) => table,
  examples: [
    {
      says: 'gives the rows as they stand',
      params: { table: 'orders', others: 'keep', known: [], since: '' },
      inputs: [
        {
          types: { id: 'integer' },
          rows: [
            { id: 1, status: 'paid' },
            { id: 2, status: null },
          ],
        },
      ],
      output: [
        { id: 1, status: 'paid' },
        { id: 2, status: null },
      ],
    },
    {
      says: 'drops what is new',
      params: { table: 'orders', others: 'drop', known: ['id'], since: '' },
      inputs: [{ types: { id: 'integer' }, rows: [{ id: 1, status: 'paid' }] }],
      output: [{ id: 1 }],
    },
  ],
});
