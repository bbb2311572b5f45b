import { isNumeric } from '../column.ts';
import { defineStep, type StepInput } from '../define-step.ts';
import { choice, text } from '../params.ts';
import { problem } from '../problem.ts';
import { ident, join, lines, type Sql, sql, typeName } from '../sql.ts';

/** The type of a column over all inputs that have it. */
function typeIn(inputs: readonly StepInput[], name: string): string {
  const types = inputs.flatMap(({ columns }) =>
    columns.filter((column) => column.name === name).map(({ type }) => type),
  );
  const [first = 'text'] = types;
  if (types.every((type) => type === first)) return first;
  return types.every(isNumeric) ? 'numeric' : 'text';
}

function rowsOf(
  input: StepInput,
  inputs: readonly StepInput[],
  columns: readonly string[],
  origin: string,
): Sql {
  const own = new Map(input.columns.map(({ name, type }) => [name, type]));
  const cells = columns.map((name) => {
    const type = typeIn(inputs, name);
    if (!own.has(name)) return sql`null::${typeName(type)} as ${ident(name)}`;
    return own.get(name) === type ? ident(name) : sql`${ident(name)}::${typeName(type)} as ${ident(name)}`;
  });
  const all = origin ? [sql`${input.name}::text as ${ident(origin)}`, ...cells] : cells;
  return sql`select
  ${lines(all)}
from ${input.from} as input`;
}

export default defineStep({
  title: 'Union',
  group: 'combine',
  icon: 'layers',
  words: 'append concat stack add rows combine',
  help: 'Puts the rows of all inputs one below the other, by the names of their columns. Types that differ become numbers where all are, else text.',
  inputs: 'any',
  params: {
    missing: choice('Columns that not all have', 'What becomes of them.', {
      null: 'Keep, with null where they are not',
      drop: 'Drop',
    }),
    origin: text('Origin column', 'Gets the name of the step that a row comes from; left empty: none.', {
      optional: true,
    }),
  },
  columns: 'described',
  sql: (inputs, { missing, origin }) => {
    const [first] = inputs;
    if (!first)
      throw problem('bad_input', 'Nothing is connected to it.', {
        hint: 'Draw lines from other steps to it.',
      });
    const names = [...new Set(inputs.flatMap(({ columns }) => columns.map(({ name }) => name)))];
    const everywhere = (name: string) =>
      inputs.every(({ columns }) => columns.some((column) => column.name === name));
    const columns = (missing === 'null' ? names : names.filter(everywhere)).filter((name) => name !== origin);
    if (columns.length === 0) throw problem('bad_input', 'The inputs have no column in common.');
    return join(
      inputs.map((input) => rowsOf(input, inputs, columns, origin)),
      sql`
union all
`,
    );
  },
  grows: () => 'all',
  summary: ({ missing, origin }) =>
    [missing === 'null' ? 'all columns' : 'columns in common', origin && `origin in ${origin}`]
      .filter(Boolean)
      .join(', '),
  examples: [
    {
      says: 'by name, with null where a column is missing',
      params: { missing: 'null', origin: 'from' },
      inputs: [
        { types: { id: 'integer' }, rows: [{ id: 1, city: 'Bern' }] },
        { types: { id: 'numeric', size: 'integer' }, rows: [{ size: 3, id: '2.5' }] },
      ],
      output: [
        { from: 'first', id: '1', city: 'Bern', size: null },
        { from: 'second', id: '2.5', city: null, size: 3 },
      ],
    },
    {
      says: 'only what all have; equal rows stay',
      params: { missing: 'drop', origin: '' },
      inputs: [{ rows: [{ a: 'x', b: 'y' }] }, { rows: [{ a: 'x' }] }],
      output: [{ a: 'x' }, { a: 'x' }],
    },
  ],
});
