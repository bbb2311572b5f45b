import { refuseDoubles } from '../column-names.ts';
import { defineStep, inputAt } from '../define-step.ts';
import { expression, list, text } from '../params.ts';
import { expression as fenced, ident, lines, type Sql, sql } from '../sql.ts';

interface Derived {
  readonly name: string;
  readonly expression: string;
}

const formula = ({ name, expression }: Derived): Sql => sql`${fenced(expression)} as ${ident(name)}`;

function select(existing: readonly string[], derived: readonly Derived[]): Sql {
  const replaced = (name: string) => derived.find((column) => column.name === name);
  if (!existing.some(replaced)) return lines([sql`*`, ...derived.map(formula)]);
  const kept = existing.map((name) => {
    const column = replaced(name);
    return column ? formula(column) : ident(name);
  });
  const added = derived.filter(({ name }) => !existing.includes(name)).map(formula);
  return lines([...kept, ...added]);
}

export default defineStep({
  title: 'Formula',
  group: 'columns',
  icon: 'square-function',
  words: 'calculate compute add column derive mutate expression new field',
  help: 'Computes columns by SQL expressions. A name that exists already is replaced in its place; all expressions see the columns as they came in.',
  params: {
    columns: list('Columns', 'Each is a name and how to compute it.', {
      name: text('Name', 'What the column is called.', { placeholder: 'total' }),
      expression: expression('Expression', 'SQL over the columns that come in.', {
        placeholder: 'price * quantity',
      }),
    }),
  },
  columns: 'described',
  sql: (inputs, { columns }) => {
    refuseDoubles(columns.map(({ name }) => name));
    const { columns: existing, from } = inputAt(inputs, 0);
    const names = existing.map(({ name }) => name);
    return sql`select
  ${select(names, columns)}
from ${from} as input`;
  },
  rowByRow: true,
  common: true,
  summary: ({ columns }) => columns.map(({ name, expression }) => `${name} = ${expression}`).join(', '),
  examples: [
    {
      says: 'adds a column at the end',
      params: { columns: [{ name: 'total', expression: 'price * quantity' }] },
      inputs: [
        {
          types: { price: 'numeric(8,2)', quantity: 'integer' },
          rows: [
            { price: '2.50', quantity: 4 },
            { price: '1.00', quantity: null },
          ],
        },
      ],
      output: [
        { price: '2.50', quantity: 4, total: '10.00' },
        { price: '1.00', quantity: null, total: null },
      ],
    },
    {
      says: 'replaces a column of the same name in its place',
      params: { columns: [{ name: 'city', expression: 'upper(trim(city))' }] },
      inputs: [{ types: { id: 'integer' }, rows: [{ city: ' Basel', id: 1 }] }],
      output: [{ city: 'BASEL', id: 1 }],
    },
  ],
});
