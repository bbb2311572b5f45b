import { refuseDoubles } from '../column-names.ts';
import { defineStep, inputAt } from '../define-step.ts';
import { choice, column, list, literal, text } from '../params.ts';
import { withColumns } from '../replaced-columns.ts';
import { ident, sql } from '../sql.ts';

export default defineStep({
  title: 'Split column',
  group: 'clean',
  icon: 'square-split-horizontal',
  words: 'separate delimiter text to columns extract',
  help: 'Cuts a text into several columns: at a separator, where the last column gets all that is left, or by the groups of a regular expression. Parts that are not there are null.',
  params: {
    column: column('Column', 'What to cut.'),
    how: choice('How', 'Where to cut.', { separator: 'At a separator', pattern: 'By a regular expression' }),
    at: literal('Separator or expression', 'A comma, say, or (\\d+)-(\\w+).'),
    into: list('Into', 'The columns that the parts go into.', {
      name: text('Name', 'What the column is called.'),
    }),
  },
  columns: 'described',
  sql: (inputs, { column, how, at, into }) => {
    const input = inputAt(inputs, 0);
    refuseDoubles(into.map(({ name }) => name));
    const written = sql`input.${ident(column)}::text`;
    const parts =
      how === 'separator' ? sql`string_to_array(${written}, ${at})` : sql`regexp_match(${written}, ${at})`;
    const computed = into.map(({ name }, place) => ({
      name,
      value:
        how === 'separator' && place === into.length - 1 && place > 0
          ? sql`nullif(array_to_string(parts.cut[${place + 1}:], ${at}), '')`
          : sql`parts.cut[${place + 1}]`,
    }));
    return sql`select
  ${withColumns(input, computed)}
from ${input.from} as input
cross join lateral (select ${parts} as cut) as parts`;
  },
  rowByRow: true,
  summary: ({ column, into }) => `${column} → ${into.map(({ name }) => name).join(', ')}`,
  examples: [
    {
      says: 'at a separator; what is left goes into the last column',
      params: { column: 'path', how: 'separator', at: '/', into: [{ name: 'first' }, { name: 'rest' }] },
      inputs: [{ rows: [{ path: 'a/b/c' }, { path: 'a' }, { path: null }] }],
      output: [
        { path: 'a/b/c', first: 'a', rest: 'b/c' },
        { path: 'a', first: 'a', rest: null },
        { path: null, first: null, rest: null },
      ],
    },
    {
      says: 'by the groups of an expression',
      params: {
        column: 'size',
        how: 'pattern',
        at: '^(\\d+) *x *(\\d+)',
        into: [{ name: 'width' }, { name: 'height' }],
      },
      inputs: [{ rows: [{ size: '12 x 8 cm' }, { size: 'large' }] }],
      output: [
        { size: '12 x 8 cm', width: '12', height: '8' },
        { size: 'large', width: null, height: null },
      ],
    },
  ],
});
