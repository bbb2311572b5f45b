import { typeFamily } from '../column.ts';
import { defineCheck } from '../define-check.ts';
import { filledRows } from '../judged-rows.ts';
import { choice, column, columns } from '../params.ts';
import { problem } from '../problem.ts';
import { ident, names, nothing, type Sql, sql } from '../sql.ts';

const nextOf: Readonly<Record<string, (value: Sql) => Sql>> = {
  hour: (value) => sql`${value} + interval '1 hour'`,
  day: (value) => sql`${value} + interval '1 day'`,
  weekday: (value) =>
    sql`${value} + case extract(isodow from ${value}) when 5 then 3 when 6 then 2 else 1 end * interval '1 day'`,
  week: (value) => sql`${value} + interval '7 days'`,
  // After the last day of a month comes the last day of the next.
  month: (value) => sql`greatest(${value} + interval '1 month',
    case when extract(day from ${value} + interval '1 day') = 1 then ${value} + interval '1 day' + interval '1 month' - interval '1 day' end)`,
};

/** For a moment by the hour or the day, that hour or day: there is a row for each, at whatever minute of it. */
const wholes: Readonly<Record<string, string>> = { hour: 'hour', day: 'day', weekday: 'day' };

/** True where something is missing between a value and the one before it. */
function isGap(type: string, every: string): Sql {
  const family = typeFamily(type);
  if (every === 'number' && family === 'integer') return sql`_now > _before + 1`;
  const next = nextOf[every];
  if (!next || !['date', 'timestamp', 'timestamptz'].includes(family)) {
    throw problem('bad_input', `A column of type ${type} has no gaps by the ${every}.`, {
      hint: 'Whole numbers have gaps by the number; dates and times by the hour, day, weekday, week or month.',
    });
  }
  if (family === 'date') return sql`_now > ${next(sql`_before`)}`;
  const at = (name: Sql) => (family === 'timestamptz' ? sql`(${name} at time zone 'UTC')` : name);
  // Where clocks are put back, a day has an hour more.
  const more = family === 'timestamptz' && every !== 'hour' ? sql` + interval '1 hour'` : nothing;
  const later = sql`${at(sql`_now`)} > ${next(at(sql`_before`))}${more}`;
  const whole = wholes[every];
  if (whole === undefined) return later;
  const cut = (name: Sql) => sql`date_trunc(${whole}::text, ${at(name)})`;
  return sql`(${later} and ${cut(sql`_now`)} > ${next(cut(sql`_before`))})`;
}

export default defineCheck({
  title: 'No gaps',
  class: 'completeness',
  icon: 'ellipsis',
  help: 'Numbers follow one another, or there is a row for each day: between the smallest and the largest value none is missing. The rows right after a gap are bad. Values that occur twice are no gap.',
  params: {
    column: column('Column', 'Whole numbers, dates or times.'),
    every: choice('One for each', 'What follows what.', {
      number: 'number',
      hour: 'hour',
      day: 'day',
      weekday: 'weekday (Monday to Friday)',
      week: 'week',
      month: 'month',
    }),
    within: columns('Within each', 'Each series for itself. Empty: all rows together.', { optional: true }),
  },
  says: ({ column, every, within }) =>
    `\`${column}\` has no gap by the ${every}${within.length > 0 ? ` within each ${within.join(', ')}` : ''}`,
  marks: ({ column }) => [column],
  judges: (_input, { column }) => filledRows([column]),
  badRows: ({ columns, from }, { column, every, within }) => {
    const type = columns.find(({ name }) => name === column)?.type ?? 'text';
    const parts = within.length > 0 ? sql`partition by ${names(within)} ` : nothing;
    return sql`select _row from
  (select _row, ${ident(column)} as _now, lag(${ident(column)}) over (${parts}order by ${ident(column)}, _row) as _before
  from ${from} where ${ident(column)} is not null) as _steps
where case when _now > _before then ${isGap(type, every)} end`;
  },
  examples: [
    {
      says: 'numbers follow one another, twice the same is no gap',
      params: { column: 'n', every: 'number', within: [] },
      table: {
        types: { n: 'integer' },
        rows: [{ n: 3 }, { n: 1 }, { n: 2 }, { n: 2 }, { n: 5 }, { n: null }],
      },
      bad: [4],
    },
    {
      says: 'of equal values after a gap the first row is bad',
      params: { column: 'n', every: 'number', within: [] },
      table: { types: { n: 'integer' }, rows: [{ n: 9 }, { n: 1 }, { n: 9 }, { n: 9 }] },
      bad: [0],
    },
    {
      says: 'no day is left out',
      params: { column: 'day', every: 'day', within: ['shop'] },
      table: {
        types: { day: 'date' },
        rows: [
          { shop: 'a', day: '2026-01-01' },
          { shop: 'a', day: '2026-01-03' },
          { shop: 'b', day: '2026-01-02' },
          { shop: 'b', day: '2026-01-03' },
        ],
      },
      bad: [1],
    },
    {
      says: 'each day has its row at whatever time, and days in which clocks are put back are no gap',
      params: { column: 'at', every: 'day', within: [] },
      table: {
        types: { at: 'timestamptz' },
        rows: [
          { at: '2026-10-24 22:00Z' },
          { at: '2026-10-25 23:00Z' },
          { at: '2026-10-26 23:30Z' },
          { at: '2026-10-27 09:00Z' },
          { at: '2026-10-28 20:00Z' },
          { at: '2026-10-30 19:00Z' },
        ],
      },
      bad: [5],
    },
    {
      says: 'after Friday comes Monday, where weekends do not count',
      params: { column: 'day', every: 'weekday', within: [] },
      table: {
        types: { day: 'date' },
        rows: [{ day: '2026-01-02' }, { day: '2026-01-05' }, { day: '2026-01-07' }],
      },
      bad: [2],
    },
    {
      says: 'the ends of months follow one another',
      params: { column: 'day', every: 'month', within: [] },
      table: {
        types: { day: 'date' },
        rows: ['2026-01-31', '2026-02-28', '2026-03-31', '2026-05-31', '2026-06-30'].map((day) => ({ day })),
      },
      bad: [3],
    },
    {
      says: 'after the largest number there is nothing to miss',
      params: { column: 'n', every: 'number', within: [] },
      table: { types: { n: 'integer' }, rows: [{ n: 2147483647 }, { n: 2147483647 }] },
      bad: [],
    },
  ],
});
