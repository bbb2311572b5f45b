import { userColumns } from '../column.ts';
import { defineStep, inputAt } from '../define-step.ts';
import { choice, flag, text } from '../params.ts';
import { names, sql } from '../sql.ts';

export default defineStep({
  title: 'Export file',
  group: 'out',
  icon: 'file-output',
  words: 'save csv excel xlsx parquet json output download',
  help: 'Writes the rows as a file: CSV, JSON lines, Parquet, Arrow or an Excel workbook. It appears whole when the whole run has worked; when not, the file stays as it was.',
  params: {
    file: text(
      'File',
      'A path from the workspace’s folder on. Its ending says the format: .csv, .jsonl, .parquet, .arrow or .xlsx.',
      { placeholder: 'exports/clean orders.csv' },
    ),
    there: choice('A file that is there', 'What becomes of a file of that name.', {
      own: 'Replace it only where this step wrote it',
      any: 'Replace it, whoever wrote it',
    }),
    outside: flag('May lie outside of the workspace', 'Otherwise such a path is refused.'),
  },
  columns: ([input]) => userColumns(input ?? []),
  sql: (inputs) => {
    const { columns, from } = inputAt(inputs, 0);
    return sql`select ${names(userColumns(columns).map(({ name }) => name))}
from ${from} as input`;
  },
  rowByRow: true,
  exports: ({ file, there, outside }) => ({ file, outside, replaces: there === 'any' }),
  arrival: () => [0],
  summary: ({ file }) => file,
  examples: [
    {
      says: 'writes what comes in',
      params: { file: 'exports/clean orders.csv', there: 'own', outside: false },
      inputs: [{ types: { id: 'integer' }, rows: [{ id: 1, city: 'Bern' }] }],
      output: [{ id: 1, city: 'Bern' }],
    },
  ],
});
