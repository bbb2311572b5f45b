import { boundsOf, limitWords, upperParams, within } from '../check-bounds.ts';
import { typeFamily } from '../column.ts';
import { defineCheck } from '../define-check.ts';
import { column } from '../params.ts';
import { problem } from '../problem.ts';
import { ident, sql } from '../sql.ts';

export default defineCheck({
  title: 'Freshness',
  class: 'completeness',
  icon: 'clock',
  help: 'The newest row is no older than so many hours, by a column with its date or time. Times without a zone are read in the time zone of the database, which is UTC. What lies more than a day ahead makes nothing fresh.',
  params: {
    column: column('Column', 'A date or a time of each row.'),
    ...upperParams('the age of the newest row, in hours,'),
  },
  says: ({ column, ...limits }) => `The newest \`${column}\` is ${limitWords(limits, 'hours')} old`,
  marks: ({ column }) => [column],
  unit: () => 'hours',
  metric: ({ columns, from }, { column, ...limits }) => {
    const type = columns.find(({ name }) => name === column)?.type ?? 'text';
    if (!['date', 'timestamp', 'timestamptz'].includes(typeFamily(type))) {
      throw problem('bad_input', `\`${column}\` is ${type}: only dates and times have an age.`, {
        hint: 'Give the column the type date or timestamp.',
      });
    }
    return {
      sql: sql`select (extract(epoch from now() - max(${ident(column)}) filter (where ${ident(column)} <= now() + interval '1 day')::timestamptz) / 3600)::float8 as value from ${from}`,
      ...boundsOf(limits),
      nothing: `No row has a \`${column}\` that has come already.`,
    };
  },
  kept: ({ figure }, { column, ...limits }) => within(figure(column, 'age'), boundsOf(limits).fails),
  examples: [
    {
      says: 'what is of 2001 is older than a day',
      params: { column: 'loaded', max: 24, warnMax: null },
      table: { types: { loaded: 'timestamp' }, rows: [{ loaded: '2001-01-01 10:00' }, { loaded: null }] },
      verdict: 'fail',
    },
    {
      says: 'a date that has not come freshens nothing',
      params: { column: 'day', max: 24, warnMax: null },
      table: { types: { day: 'date' }, rows: [{ day: '2001-01-01' }, { day: '2999-01-01' }] },
      verdict: 'fail',
    },
    {
      says: 'one fresh row is enough',
      params: { column: 'day', max: 10_000_000, warnMax: null },
      table: { types: { day: 'date' }, rows: [{ day: '2001-01-01' }, { day: '0900-01-01' }] },
      verdict: 'pass',
    },
    {
      says: 'without any time there is no age',
      params: { column: 'day', max: 24, warnMax: null },
      table: { types: { day: 'date' }, rows: [{ day: null }] },
      value: null,
      verdict: 'not evaluated',
    },
  ],
});
