import { defineStep, inputAt } from '../define-step.ts';
import { table, text } from '../params.ts';
import { names, sql } from '../sql.ts';

export default defineStep({
  title: 'Input',
  group: 'in',
  icon: 'log-in',
  words: 'sub-pipeline parameter given',
  help: 'Rows that this pipeline is given where another uses it as a step. By itself it reads a table, to try it with.',
  inputs: [],
  params: {
    name: text('Name', 'What the rows are, for those who use the pipeline.'),
    table: table('Table to try with', 'Its columns are those that the steps after count on.'),
  },
  columns: ([table]) => table ?? [],
  sql: (inputs) => {
    const { columns, from } = inputAt(inputs, 0);
    return sql`select ${names(columns.map(({ name }) => name))}
from ${from} as input`;
  },
  reads: ({ table }) => table,
  takes: ({ name }) => name,
  rowByRow: true,
  summary: ({ name, table }) => `${name}, tried with ${table}`,
  examples: [
    {
      says: 'reads its table where the pipeline runs by itself',
      params: { name: 'rows to clean', table: 'orders' },
      inputs: [{ types: { id: 'integer' }, rows: [{ id: 1, status: 'paid' }] }],
      output: [{ id: 1, status: 'paid' }],
    },
  ],
});
