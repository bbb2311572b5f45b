import { expect, test } from 'vitest';
import { stepsOf } from '../../shared/view/steps.ts';
import { view as viewSchema } from '../../shared/view/view.ts';
import { sharedTestEngine } from '../open-test-engine.ts';
import { cells } from './arrow-rows.ts';

const shared = sharedTestEngine();

const columns = [
  { name: 'name', type: 'text' },
  { name: 'day', type: 'date' },
  { name: 'moment', type: 'timestamp without time zone' },
  { name: 'zoned', type: 'timestamp with time zone' },
];

const newest = ['tonight', 'today', 'late yesterday', '3 days', 'before 3 days', '1 week', 'before 1 week'];
const all = [...newest, '1 month', 'before 1 month', '1 year', 'before 1 year'];

test('the last days, weeks, months and years begin with a day and end with today, of days and of moments', async () => {
  const { engine } = shared();
  await engine.query.run({
    text: `create table edges as with first (name, at) as (values ('3 days', current_date - interval '2 days'),
        ('1 week', current_date - interval '6 days'), ('1 month', current_date - interval '1 month' + interval '1 day'),
        ('1 year', current_date - interval '1 year' + interval '1 day')),
      edge (name, at) as (select name, at from first union all select 'before ' || name, at - interval '1 microsecond' from first
        union all values ('tomorrow', current_date + interval '1 day'),
          ('tonight', current_date + interval '1 day' - interval '1 microsecond'),
          ('today', current_date::timestamp), ('late yesterday', current_date - interval '1 microsecond'))
      select name, at::date as day, at as moment, at at time zone 'UTC' as zoned from edge order by at desc`,
  });
  for (const { name: column } of columns.slice(1)) {
    for (const [count, unit, last] of [
      [1, 'day', 'today'],
      [2, 'day', 'late yesterday'],
      [3, 'day', '3 days'],
      [1, 'week', '1 week'],
      [1, 'month', '1 month'],
      [12, 'month', '1 year'],
      [1, 'year', '1 year'],
    ] as const) {
      const view = viewSchema.parse({
        filters: [{ kind: 'recent', column, count, unit }],
        columns: ['name'],
      });
      const source = { of: 'table' as const, table: 'edges', view };
      const page = await engine.tables.page({ source, offset: 0, limit: 50 });
      const steps = [...stepsOf('edges', columns, view)];
      const pipeline = { version: 1 as const, name: 'edges', steps };
      const preview = await engine.pipelines.preview({ pipeline, step: 'chosen' });
      const kept = all.slice(0, all.indexOf(last) + 1);
      expect({ column, count, unit, kept: cells(page.bytes).map((row) => row[1]) }).toEqual({
        ...{ column, count, unit },
        kept,
      });
      expect(cells(preview.bytes).map((row) => row.at(-1))).toEqual(kept);
    }
  }
});
