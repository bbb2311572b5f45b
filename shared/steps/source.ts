import { defineStep, inputAt } from '../define-step.ts';
import { table } from '../params.ts';
import { names, sql } from '../sql.ts';

export default defineStep({
  title: 'Table',
  group: 'in',
  icon: 'table-2',
  help: 'Reads all rows of a table of this workspace.',
  inputs: [],
  params: { table: table('Table', 'Imported, or written by another pipeline.') },
  columns: ([table]) => table ?? [],
  sql: (inputs) => {
    const { columns, from } = inputAt(inputs, 0);
    return sql`select ${names(columns.map(({ name }) => name))}
from ${from} as input`;
  },
  reads: ({ table }) => table,
  rowByRow: true,
  common: true,
  summary: ({ table }) => table,
  examples: [
    {
      says: 'gives the rows as they stand',
      params: { table: 'orders' },
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
  ],
});
