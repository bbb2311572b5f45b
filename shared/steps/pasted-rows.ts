import { refuseDoubles } from '../column-names.ts';
import { defineStep } from '../define-step.ts';
import { flag, textLines } from '../params.ts';
import { guessType, readPasted } from '../pasted-text.ts';
import { ident, join, lines, sql, typeName } from '../sql.ts';

export default defineStep({
  title: 'Pasted rows',
  group: 'in',
  icon: 'clipboard-list',
  words: 'manual inline constant values data clipboard',
  help: 'Holds a few rows in the pipeline itself, such as a list of codes and names. Names in the first line; cells between tabs, semicolons or commas; nothing between them is null, "" is empty text.',
  inputs: [],
  params: {
    rows: textLines('Rows', 'Paste from a spreadsheet, or write: names first, then a line for each row.', {
      placeholder: 'code,country\nCH,Switzerland\nDE,Germany',
    }),
    types: flag('Find out types', 'Columns of only numbers, dates or true and false get those types.', true),
  },
  columns: 'described',
  sql: (_inputs, { rows, types }) => {
    const { header, records } = readPasted(rows);
    refuseDoubles(header);
    const columns = header.map((name, at) => ({
      name: ident(name),
      type: typeName(types ? guessType(records.map((record) => record[at] ?? null)) : 'text'),
    }));
    const cells = lines(columns.map(({ name, type }) => sql`${name}::${type} as ${name}`));
    const nulls = join(columns.map(() => sql`null::text`));
    const values = [
      sql`(${nulls})`,
      ...records.map((record) => sql`(${join(columns.map((_column, at) => record[at] ?? null))})`),
    ];
    return sql`select
  ${cells}
from (values
  ${join(
    values,
    sql`,
  `,
  )}
  offset 1
) as pasted(${join(columns.map(({ name }) => name))})`;
  },
  summary: ({ rows }) => `${Math.max(0, rows.trim().split('\n').length - 1)} rows`,
  examples: [
    {
      says: 'finds types, and tells null from empty',
      params: { rows: 'code,"full, name",weight,since\n007,"",1.5,2024-02-29\n2,Ann,,', types: true },
      inputs: [],
      output: [
        { code: '007', 'full, name': '', weight: '1.5', since: '2024-02-29' },
        { code: '2', 'full, name': 'Ann', weight: null, since: null },
      ],
    },
    {
      says: 'leaves all as text',
      params: { rows: 'a\tb\n1\t2', types: false },
      inputs: [],
      output: [{ a: '1', b: '2' }],
    },
    {
      says: 'may have no rows yet',
      params: { rows: 'a;b', types: true },
      inputs: [],
      output: [],
    },
  ],
});
