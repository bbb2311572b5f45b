import { defineStep, inputAt } from '../define-step.ts';
import { choice, columns, text } from '../params.ts';
import { withColumns } from '../replaced-columns.ts';
import { ident, join, sql } from '../sql.ts';

export default defineStep({
  title: 'Row id',
  group: 'columns',
  icon: 'fingerprint',
  words: 'hash key surrogate number uuid index sequence',
  help: 'Adds a number counting up from 1 as rows come in, or a hash of columns that is the same wherever the values are.',
  params: {
    name: text('Name', 'What the column is called.', { placeholder: 'id' }),
    how: choice('How', 'What it is made of.', { number: 'Number', hash: 'Hash of columns' }),
    of: columns('Of', 'For the hash; none: all columns.', { optional: true }),
  },
  columns: 'described',
  sql: (inputs, { name, how, of }) => {
    const input = inputAt(inputs, 0);
    const names = of.length > 0 ? of : input.columns.map((column) => column.name);
    const hash = sql`md5(row(${join(names.map((column) => sql`input.${ident(column)}`))})::text)`;
    return sql`select
  ${withColumns(input, [{ name, value: how === 'number' ? sql`row_number() over ()` : hash }])}
from ${input.from} as input`;
  },
  sameCount: true,
  arrival: ({ how }) => (how === 'number' ? [0] : []),
  summary: ({ name, how, of }) =>
    how === 'number' ? `${name} from 1` : `${name} of ${of.join(', ') || 'all'}`,
  examples: [
    {
      says: 'a number',
      params: { name: 'id', how: 'number', of: [] },
      inputs: [{ rows: [{ a: 'x' }, { a: 'y' }] }],
      output: [
        { a: 'x', id: 1 },
        { a: 'y', id: 2 },
      ],
    },
    {
      says: 'a hash; null is a value too',
      params: { name: 'key', how: 'hash', of: ['a'] },
      inputs: [
        {
          types: { n: 'integer' },
          rows: [
            { a: 'x', n: 1 },
            { a: 'x', n: 2 },
            { a: null, n: 3 },
          ],
        },
      ],
      output: [
        { a: 'x', n: 1, key: '3b4930a09f71dde7affe278ac96f5012' },
        { a: 'x', n: 2, key: '3b4930a09f71dde7affe278ac96f5012' },
        { a: null, n: 3, key: 'bcd8b0c2eb1fce714eab6cef0d771acc' },
      ],
    },
  ],
});
