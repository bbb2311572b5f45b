import { rowColumn, userColumns } from '../column.ts';
import { defineStep, inputAt } from '../define-step.ts';
import { text } from '../params.ts';
import { names, sql } from '../sql.ts';

export default defineStep({
  title: 'Write table',
  group: 'out',
  icon: 'database',
  help: 'Writes the rows as a table of the workspace. The table is replaced in one go when the whole run has worked, and stays as it was when not.',
  params: {
    table: text('Table', 'What the table is called; one that this pipeline wrote before is replaced.'),
  },
  columns: ([input]) => userColumns(input ?? []),
  sql: (inputs) => {
    const { columns, from } = inputAt(inputs, 0);
    if (columns.every(({ name }) => name !== rowColumn))
      return sql`select *
from ${from} as input`;
    return sql`select ${names(userColumns(columns).map(({ name }) => name))}
from ${from} as input`;
  },
  rowByRow: true,
  writes: ({ table }) => table,
  summary: ({ table }) => table,
  examples: [
    {
      says: 'writes what comes in',
      params: { table: 'clean_orders' },
      inputs: [{ types: { id: 'integer' }, rows: [{ id: 1, city: 'Bern' }] }],
      output: [{ id: 1, city: 'Bern' }],
    },
  ],
});
