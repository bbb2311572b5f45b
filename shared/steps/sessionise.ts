import { isNumeric } from '../column.ts';
import { defineStep, inputAt } from '../define-step.ts';
import { column, columns, literal, text } from '../params.ts';
import { freeNames, typeOf, withColumns } from '../replaced-columns.ts';
import { asTheyCome, over } from '../row-order.ts';
import { ident, sql } from '../sql.ts';

export default defineStep({
  title: 'Sessions',
  group: 'summarise',
  icon: 'timer',
  words: 'sessionise sessionize events visits gap',
  help: 'Numbers sessions: stretches of events without a longer gap, from 1 within each group. Events without a time get none.',
  params: {
    by: columns('Of each', 'Whose events: a user, a device.', { optional: true }),
    time: column('Time', 'When the event was: a time, a date or a number.'),
    gap: literal('Gap', 'What ends a session: 30 minutes, 1 day, or a number.', {
      placeholder: '30 minutes',
    }),
    name: text('Name', 'Of the column with the number of the session.', { placeholder: 'session' }),
  },
  columns: 'described',
  sql: (inputs, { by, time, gap, name }) => {
    const input = inputAt(inputs, 0);
    const [start = ''] = freeNames([input], 'starts');
    const rows = asTheyCome(input, input.inOrder === true, [start]);
    const numeric = isNumeric(typeOf(input, time));
    const at = numeric ? sql`input.${ident(time)}` : sql`input.${ident(time)}::timestamp`;
    const longest = numeric ? sql`${gap}::numeric` : sql`${gap}::interval`;
    const window = over(by, [sql`input.${ident(time)}`]);
    const session = sql`case when input.${ident(time)} is not null then sum(input.${ident(start)}) ${window} end`;
    return sql`select
  ${withColumns(input, [{ name, value: session }])}
from (
  select *, case when ${at} - lag(${at}) ${window} <= ${longest} then 0 else 1 end as ${ident(start)}
  from ${rows.from} as input
) as input${rows.order}`;
  },
  sameCount: true,
  summary: ({ by, time, gap }) => `${time}, gap ${gap}${by.length > 0 ? `, of each ${by.join(', ')}` : ''}`,
  examples: [
    {
      says: 'a gap of half an hour ends a session',
      params: { by: ['user'], time: 'at', gap: '30 minutes', name: 'session' },
      inputs: [
        {
          types: { at: 'timestamp without time zone' },
          rows: [
            { user: 'a', at: '2024-01-01 10:00:00' },
            { user: 'a', at: '2024-01-01 11:00:00' },
            { user: 'a', at: '2024-01-01 10:20:00' },
            { user: 'b', at: '2024-01-01 10:50:00' },
            { user: 'b', at: null },
          ],
        },
      ],
      output: [
        { user: 'a', at: '2024-01-01 10:00:00', session: 1 },
        { user: 'a', at: '2024-01-01 11:00:00', session: 2 },
        { user: 'a', at: '2024-01-01 10:20:00', session: 1 },
        { user: 'b', at: '2024-01-01 10:50:00', session: 1 },
        { user: 'b', at: null, session: null },
      ],
    },
    {
      says: 'of numbers',
      params: { by: [], time: 'second', gap: '2', name: 'part' },
      inputs: [{ types: { second: 'integer' }, rows: [{ second: 1 }, { second: 3 }, { second: 6 }] }],
      output: [
        { second: 1, part: 1 },
        { second: 3, part: 1 },
        { second: 6, part: 2 },
      ],
    },
  ],
});
