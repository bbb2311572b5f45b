import { rowColumn, userColumns } from '../column.ts';
import { defineStep, inputAt } from '../define-step.ts';
import { choice, columns, flag, text } from '../params.ts';
import { problem } from '../problem.ts';
import { names, sql } from '../sql.ts';

export default defineStep({
  title: 'Write table',
  group: 'out',
  icon: 'database',
  words: 'save target load append upsert merge history scd sink replace',
  help: 'Writes the rows as a table of the workspace, in one go when the whole run has worked; when not, the table stays as it was.',
  params: {
    table: text(
      'Table',
      'What the table is called; only one that this pipeline wrote before can be written again.',
      { names: 'table' },
    ),
    mode: choice('Rows that are there', 'What becomes of what an earlier run wrote.', {
      replace: 'Replace them',
      append: 'Keep them, and add these',
      upsert: 'Replace those of the same key, and add the others',
      history: 'Keep every version of a row, with the time it held (SCD type 2)',
    }),
    key: columns(
      'Key',
      'For “of the same key” and “every version”: which columns make rows the same. Where only new rows are read, the last of a key counts; elsewhere each key may come once.',
      {
        optional: true,
      },
    ),
    ends: flag(
      'Rows that are gone end',
      'For “every version”: a key that comes in no more holds until this run; otherwise it goes on.',
      true,
    ),
  },
  columns: ([input]) => userColumns(input ?? []),
  sql: (inputs, { mode, key }) => {
    const { columns, from } = inputAt(inputs, 0);
    if ((mode === 'upsert' || mode === 'history') && key.length === 0)
      throw problem('bad_input', 'Key: choose at least one column.', { at: { param: 'key' } });
    if (columns.every(({ name }) => name !== rowColumn))
      return sql`select *
from ${from} as input`;
    return sql`select ${names(userColumns(columns).map(({ name }) => name))}
from ${from} as input`;
  },
  rowByRow: true,
  writes: ({ table }) => table,
  into: ({ mode, key, ends }) => {
    if (mode === 'history') return { mode, key, ends };
    return mode === 'upsert' ? { mode, key } : { mode };
  },
  common: true,
  summary: ({ table, mode }) => (mode === 'replace' ? table : `${table}, ${mode}`),
  examples: [
    {
      says: 'writes what comes in',
      params: { table: 'clean_orders', mode: 'replace', key: [], ends: true },
      inputs: [{ types: { id: 'integer' }, rows: [{ id: 1, city: 'Bern' }] }],
      output: [{ id: 1, city: 'Bern' }],
    },
  ],
});
