import { defineStep } from '../define-step.ts';
import { choice, literal, text } from '../params.ts';
import { ident, type Sql, sql } from '../sql.ts';

const spans = { hour: sql`interval '1 hour'`, day: sql`interval '1 day'`, week: sql`interval '7 days'` };
const months = { month: 1, quarter: 3, year: 12 };

/** Months are counted from the first on: a month that is too short makes those after it no earlier. */
function moments(from: Sql, to: Sql, every: keyof typeof spans | keyof typeof months): Sql {
  if (every in spans)
    return sql`generate_series(${from}, ${to}, ${spans[every as keyof typeof spans]}) as series(moment)`;
  const monthOf = (moment: Sql) => sql`extract(year from ${moment}) * 12 + extract(month from ${moment})`;
  return sql`generate_series(0, (${monthOf(to)} - ${monthOf(from)})::integer, ${months[every as keyof typeof months]}::integer) as series(months)
cross join lateral (select ${from} + months * interval '1 month' as moment) as counted
where moment <= ${to}`;
}

export default defineStep({
  title: 'Date spine',
  group: 'in',
  icon: 'calendar-range',
  words: 'calendar dates range generate series gaps',
  help: 'Gives a row for every day, month … of a span without gaps, to join to what has gaps. First and last are included.',
  inputs: [],
  params: {
    name: text('Name', 'What the column is called.', { placeholder: 'day' }),
    from: literal('From', 'The first date, such as 2024-01-01.', { placeholder: '2024-01-01' }),
    to: literal('To', 'The last date at most.', { placeholder: '2024-12-31' }),
    every: choice('Every', 'What lies between two rows.', {
      day: 'Day',
      week: 'Week',
      month: 'Month',
      quarter: 'Quarter',
      year: 'Year',
      hour: 'Hour',
    }),
  },
  columns: 'described',
  sql: (_inputs, { name, from, to, every }) => {
    const moment = every === 'hour' ? sql`moment` : sql`moment::date`;
    return sql`select ${moment} as ${ident(name)}
from ${moments(sql`${from}::timestamp`, sql`${to}::timestamp`, every)}`;
  },
  summary: ({ from, to, every }) => `every ${every} from ${from} to ${to}`,
  examples: [
    {
      says: 'every month, on its last day where it is too short',
      params: { name: 'month', from: '2024-01-31', to: '2024-04-29', every: 'month' },
      inputs: [],
      output: [{ month: '2024-01-31' }, { month: '2024-02-29' }, { month: '2024-03-31' }],
    },
    {
      says: 'every quarter, up to the last day',
      params: { name: 'quarter', from: '2023-11-30', to: '2024-05-30', every: 'quarter' },
      inputs: [],
      output: [{ quarter: '2023-11-30' }, { quarter: '2024-02-29' }, { quarter: '2024-05-30' }],
    },
    {
      says: 'every hour',
      params: { name: 'hour', from: '2024-03-31 23:00', to: '2024-04-01 00:00', every: 'hour' },
      inputs: [],
      output: [{ hour: '2024-03-31 23:00:00' }, { hour: '2024-04-01 00:00:00' }],
    },
  ],
});
