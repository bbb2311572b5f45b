import { defineCheck } from '../define-check.ts';
import { choice, column, number } from '../params.ts';
import { problem } from '../problem.ts';
import { ident, type Sql, sql } from '../sql.ts';
import { type Season, usualAt, usualBounds } from '../usual-values.ts';

/** What a monitor goes by where it does not say. */
export const leastHistory = 7;
export const usualTolerance = 5;

const figures: Readonly<Record<string, (column: Sql) => Sql>> = {
  nulls: (column) => sql`100.0 * count(*) filter (where ${column} is null) / nullif(count(*), 0)`,
  distinct: (column) => sql`count(distinct ${column})`,
  mean: (column) => sql`avg(${column})`,
  median: (column) => sql`percentile_cont(0.5) within group (order by ${column})`,
  'upper tenth': (column) => sql`percentile_cont(0.9) within group (order by ${column})`,
  age: (column) => sql`extract(epoch from now() - max(${column})::timestamptz) / 3600`,
};

export default defineCheck({
  title: 'A figure as usual',
  class: 'business rule',
  icon: 'activity',
  help: 'A figure of the table stays where it was in earlier runs: so many median deviations around their median. The value under test is never part of what it is held against, and until there is enough history nothing is judged. Every load of the table is remembered. Loads can be compared with those of the same hour, weekday, day of the month or end of the month only, or the rhythm is found out.',
  params: {
    figure: choice('Figure', 'What is watched.', {
      nulls: 'share of missing values, in percent',
      rows: 'number of rows',
      distinct: 'distinct values',
      mean: 'mean',
      median: 'median',
      'upper tenth': 'value that a tenth is above',
      age: 'age of the newest, in hours',
    }),
    column: column('Column', 'What the figure is of; not needed for the number of rows.', { optional: true }),
    season: choice('Compared with', 'Which earlier loads count.', {
      none: 'any time',
      auto: 'whatever rhythm they have',
      hour: 'the same hour',
      weekday: 'the same weekday',
      'day of month': 'the same day of the month',
      'month end': 'the last three days of a month, or the other days',
    }),
    tolerance: number('Tolerance', 'Median deviations around the median. Empty: 5.', { optional: true }),
    least: number('History', 'So many comparable runs before anything is judged. Empty: 7.', {
      optional: true,
    }),
  },
  says: ({ figure, column }) =>
    `The ${figure === 'rows' ? 'number of rows' : `${figure} of \`${column}\``} is as usual`,
  marks: ({ column }) => (column ? [column] : []),
  unit: ({ figure }) => ({ rows: 'rows', nulls: '%', age: 'hours' })[figure as string] ?? '',
  counts: ({ figure }) => ['rows', 'nulls', 'distinct'].includes(figure),
  remembers: true,
  metric: ({ from, earlier = [], loaded }, { figure, column, season, tolerance, least }) => {
    if (figure !== 'rows' && !column) {
      throw problem('bad_input', 'Column is not set.', { hint: 'Say what the figure is of.' });
    }
    const of = figures[figure];
    const select = sql`select (${of ? of(ident(column)) : sql`count(*)`})::float8 as value from ${from}`;
    const usual = usualAt(earlier, season as Season, loaded === undefined ? new Date() : new Date(loaded));
    const needed = Math.max(3, least ?? leastHistory);
    if (usual.values < needed) {
      const waits = `There are ${usual.values} comparable values of the ${needed} that are needed; this one is remembered.`;
      return { sql: select, fails: {}, waits };
    }
    return { sql: select, fails: usualBounds(usual, tolerance ?? usualTolerance) };
  },
  examples: [
    {
      says: 'far from what it was',
      params: { figure: 'rows', column: '', season: 'none', tolerance: 5, least: 3 },
      table: { rows: [{ a: '1' }] },
      earlier: [10, 11, 10, 12].map((value, at) => ({ value, at: `2026-01-0${at + 1}T00:00:00.000Z` })),
      value: 1,
      verdict: 'fail',
    },
    {
      says: 'as it was',
      params: { figure: 'nulls', column: 'a', season: 'none', tolerance: null, least: 3 },
      table: { rows: [{ a: '1' }, { a: null }] },
      earlier: [48, 50, 52].map((value, at) => ({ value, at: `2026-01-0${at + 1}T00:00:00.000Z` })),
      value: 50,
      verdict: 'pass',
    },
    {
      says: 'with too short a history nothing is judged',
      params: { figure: 'rows', column: '', season: 'none', tolerance: null, least: null },
      table: { rows: [{ a: '1' }] },
      earlier: [{ value: 100, at: '2026-01-01T00:00:00.000Z' }],
      value: 1,
      verdict: 'not evaluated',
    },
  ],
});
