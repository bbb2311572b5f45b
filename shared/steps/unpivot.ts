import { isNumeric } from '../column.ts';
import { refuseDoubles } from '../column-names.ts';
import { defineStep, inputAt } from '../define-step.ts';
import { columns, text } from '../params.ts';
import { typeOf } from '../replaced-columns.ts';
import { ident, join, lines, sql, typeName } from '../sql.ts';

/** The type that all of these can become. */
function commonType(types: readonly string[]): string {
  const [first = 'text'] = types;
  if (types.every((type) => type === first)) return first;
  return types.every(isNumeric) ? 'numeric' : 'text';
}

export default defineStep({
  title: 'Unpivot',
  group: 'summarise',
  icon: 'table-rows-split',
  words: 'melt gather long wide rows',
  help: 'Makes rows of columns: each row becomes as many as there are chosen columns, one with the name and one with the value of each. Nulls stay.',
  params: {
    columns: columns('Columns', 'What to make rows of.'),
    name: text('Name column', 'Gets the names of the columns.', { placeholder: 'name' }),
    value: text('Value column', 'Gets their values.', { placeholder: 'value' }),
  },
  columns: 'described',
  sql: (inputs, { columns, name, value }) => {
    const input = inputAt(inputs, 0);
    const common = commonType(columns.map((column) => typeOf(input, column)));
    const type = typeName(common);
    const kept = input.columns.map((column) => column.name).filter((column) => !columns.includes(column));
    refuseDoubles([...kept, name, value]);
    const before = kept.map((column) => sql`input.${ident(column)}`);
    // Unnesting in the list is one pass, twice as fast as a join; arrays of arrays would come apart.
    if (!common.endsWith('[]')) {
      const values = columns.map((column) => sql`input.${ident(column)}::${type}`);
      return sql`select
  ${lines([...before, sql`unnest(array[${join(columns.map((column) => sql`${column}::text`))}]) as ${ident(name)}`, sql`unnest(array[${join(values)}]) as ${ident(value)}`])}
from ${input.from} as input`;
    }
    const pairs = columns.map((column) => sql`(${column}::text, input.${ident(column)}::${type})`);
    return sql`select
  ${lines([...before, sql`pair.name as ${ident(name)}`, sql`pair.value as ${ident(value)}`])}
from ${input.from} as input
cross join lateral (values
  ${lines(pairs)}
) as pair(name, value)`;
  },
  grows: () => [0],
  summary: ({ columns, name, value }) => `${columns.join(', ')} → ${name}, ${value}`,
  examples: [
    {
      says: 'a row for each quarter',
      params: { columns: ['q1', 'q2'], name: 'quarter', value: 'sales' },
      inputs: [{ types: { q1: 'integer', q2: 'numeric' }, rows: [{ shop: 'a', q1: 5, q2: null }] }],
      output: [
        { shop: 'a', quarter: 'q1', sales: 5 },
        { shop: 'a', quarter: 'q2', sales: null },
      ],
    },
    {
      says: 'lists stay whole',
      params: { columns: ['first', 'later'], name: 'when', value: 'tags' },
      inputs: [{ types: { first: 'text[]', later: 'text[]' }, rows: [{ first: '{a,b}', later: '{}' }] }],
      output: [
        { when: 'first', tags: '{a,b}' },
        { when: 'later', tags: '{}' },
      ],
    },
    {
      says: 'what has no type in common becomes text',
      params: { columns: ['born', 'size'], name: 'what', value: 'is' },
      inputs: [{ types: { born: 'date', size: 'integer' }, rows: [{ born: '2024-02-29', size: 3 }] }],
      output: [
        { what: 'born', is: '2024-02-29' },
        { what: 'size', is: '3' },
      ],
    },
  ],
});
