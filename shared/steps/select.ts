import { refuseDoubles } from '../column-names.ts';
import { defineStep, inputAt } from '../define-step.ts';
import { choice, column, list, literal, text } from '../params.ts';
import { ident, lines, sql, typeName } from '../sql.ts';

export default defineStep({
  title: 'Select columns',
  group: 'columns',
  icon: 'columns-3',
  words: 'rename reorder cast type drop remove columns choose project',
  help: 'Chooses columns, in this order, and gives them other names and types. A value that does not fit its new type ends the run; to set such rows aside, use Parse dates or Parse numbers.',
  params: {
    columns: list('Columns', 'From left to right.', {
      column: column('Column', 'Which to keep.'),
      name: text('New name', 'Left empty, it keeps its name.', { optional: true }),
      type: literal(
        'New type',
        'Left empty, it keeps its type. A text is cut to the length that a type names.',
        {
          optional: true,
          placeholder: 'integer, numeric(12,2), date …',
        },
      ),
    }),
    others: choice('Other columns', 'Also those that a source gets later on.', {
      drop: 'Drop',
      keep: 'Keep, after these',
    }),
  },
  columns: 'described',
  sql: (inputs, { columns, others }) => {
    const { columns: existing, from } = inputAt(inputs, 0);
    const chosen = new Set(columns.map(({ column }) => column));
    const rest =
      others === 'keep' ? existing.map(({ name }) => name).filter((name) => !chosen.has(name)) : [];
    refuseDoubles([...columns.map(({ column, name }) => name || column), ...rest]);
    const cells = columns.map(({ column, name, type }) => {
      const value = type ? sql`${ident(column)}::${typeName(type)}` : ident(column);
      return type || name ? sql`${value} as ${ident(name || column)}` : value;
    });
    return sql`select
  ${lines([...cells, ...rest.map((name) => ident(name))])}
from ${from} as input`;
  },
  rowByRow: true,
  common: true,
  summary: ({ columns, others }) =>
    columns
      .map(({ column, name, type }) =>
        [name ? `${column} → ${name}` : column, type].filter(Boolean).join(' '),
      )
      .join(', ') + (others === 'keep' ? ', …' : ''),
  examples: [
    {
      says: 'keeps, renames and casts',
      params: {
        columns: [
          { column: 'amount', name: 'total', type: 'numeric(8,2)' },
          { column: 'id', name: '', type: '' },
        ],
        others: 'drop',
      },
      inputs: [
        {
          types: { id: 'integer', amount: 'character varying' },
          rows: [{ id: 1, amount: '2.5', city: 'Bern' }],
        },
      ],
      output: [{ total: '2.50', id: 1 }],
    },
    {
      says: 'keeps the others after these',
      params: { columns: [{ column: 'city', name: '', type: '' }], others: 'keep' },
      inputs: [{ types: { id: 'integer' }, rows: [{ id: 1, city: 'Bern' }] }],
      output: [{ city: 'Bern', id: 1 }],
    },
  ],
});
