import { defineStep } from '../define-step.ts';
import { choice, literal, text } from '../params.ts';
import { ident, sql } from '../sql.ts';

const steps = {
  hour: sql`interval '1 hour'`,
  day: sql`interval '1 day'`,
  week: sql`interval '7 days'`,
  month: sql`interval '1 month'`,
  quarter: sql`interval '3 months'`,
  year: sql`interval '1 year'`,
} as const;

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
from generate_series(${from}::timestamp, ${to}::timestamp, ${steps[every]}) as series(moment)`;
  },
  summary: ({ from, to, every }) => `every ${every} from ${from} to ${to}`,
  examples: [
    {
      says: 'every month',
      params: { name: 'month', from: '2024-01-31', to: '2024-03-31', every: 'month' },
      inputs: [],
      output: [{ month: '2024-01-31' }, { month: '2024-02-29' }, { month: '2024-03-29' }],
    },
    {
      says: 'every hour',
      params: { name: 'hour', from: '2024-03-31 23:00', to: '2024-04-01 00:00', every: 'hour' },
      inputs: [],
      output: [{ hour: '2024-03-31 23:00:00' }, { hour: '2024-04-01 00:00:00' }],
    },
  ],
});
