import fc from 'fast-check';
import { expect, test } from 'vitest';
import { filterOfSteps, withFilter } from '../../renderer/rooms/tables/brush.ts';
import type { ColumnProfile } from '../../shared/contract/tables.ts';
import type { Filter } from '../../shared/view/filters.ts';
import { plainLook } from '../../shared/view/look.ts';
import { view } from '../../shared/view/view.ts';
import { sharedTestEngine } from '../open-test-engine.ts';

const shared = sharedTestEngine();

/** How many rows a brush over some steps leaves. */
async function brushed(
  table: string,
  profile: ColumnProfile,
  [first, last]: readonly [number, number],
  under: readonly Filter[] = [],
): Promise<number> {
  const filter = filterOfSteps(profile, first, last, under);
  const seen = view.parse(filter ? withFilter({ ...plainLook, filters: [...under] }, filter) : {});
  const source = { of: 'table' as const, table, view: seen };
  return (await shared().engine.tables.page({ source, offset: 0, limit: 1 })).total;
}

const sumOf = (counts: readonly number[]) => counts.reduce((sum, one) => sum + one, 0);

test('a brush has the rows that its bars count, to the last digit', async () => {
  const { engine } = shared();
  await engine.query.run({
    text: `create table exact as select
        timestamp '2024-01-01 16:00:00' + g * interval '900.1 microseconds' as late,
        timestamptz '1901-02-03 04:05:06.000007+00' + g * interval '1 microsecond' as early,
        9007199254740993 + g as large,
        1.00000000000000000001 + g / 7.0::numeric as fine,
        (g / 10.0)::real as single,
        case when g % 9 = 0 then null when g = 1 then '-Infinity' when g = 2 then 'NaN' else g * 0.1 end::float8 as odd,
        case when g = 5 then 'infinity' when g % 7 = 0 then null else date '0001-01-01 BC' + g * 11 end::date as day,
        case when g % 2 = 0 then 1 else 1000 end as gapped
      from generate_series(1, 1000) g`,
  });
  const { columns } = await engine.tables.profile({ table: 'exact' });
  for (const profile of columns) {
    const { histogram } = profile;
    await fc.assert(
      fc.asyncProperty(fc.nat(histogram.length - 1), fc.nat(histogram.length - 1), async (one, other) => {
        const [first, last] = [Math.min(one, other), Math.max(one, other)];
        const bars = histogram.slice(first, last + 1);
        expect([profile.name, await brushed('exact', profile, [first, last])]).toEqual([
          profile.name,
          sumOf(bars),
        ]);
      }),
      {
        numRuns: 8,
        examples: [
          [0, 0],
          [0, histogram.length - 1],
          [histogram.length - 1, histogram.length - 1],
        ],
      },
    );
  }
});

test('a brush to an end is open there, and says values that are there', async () => {
  const { engine } = shared();
  await engine.query.run({
    text: 'create table tens as select g * 10 as n, null::integer as none from generate_series(0, 100) g',
  });
  const [n] = (await engine.tables.profile({ table: 'tens', columns: ['n'] })).columns;
  const filter = (first: number, last: number) => n && filterOfSteps(n, first, last);
  const range = { kind: 'range', column: 'n', fromOpen: false };
  expect(filter(0, 1)).toEqual({ ...range, to: '100', toOpen: true });
  expect(filter(1, 2)).toEqual({ ...range, from: '50', to: '150', toOpen: true });
  expect(filter(19, 19)).toEqual({ ...range, from: '950', toOpen: false });
  expect(filter(0, 19)).toEqual({ ...range, from: '0', to: '1000', toOpen: false });
});

test('a brush under a filter never has rows that its bars do not count', async () => {
  const { engine } = shared();
  const rows = (name: string, first: number) => `create table ${name} as select g as id,
      case when g % 50 = 0 then null else g % 1000 end as n, (g % 1000) / 10.0 as part,
      case when g % 70 = 0 then 'NaN'::float8 when g % 90 = 0 then '-Infinity' else g % 1000 end as odd
    from generate_series(${first}, 3000) g`;
  await engine.query.run({ text: rows('few', 1) });
  await engine.query.run({ text: rows('many', -27_000) });
  const range = (column: string) =>
    fc.record({
      kind: fc.constant('range' as const),
      column: fc.constant(column),
      from: fc.option(fc.nat(60).map(String), { nil: undefined }),
      to: fc.option(fc.integer({ min: 70, max: 999 }).map(String), { nil: undefined }),
      fromOpen: fc.boolean(),
      toOpen: fc.boolean(),
    });
  const column = fc.constantFrom('n', 'part', 'odd');
  const under = column.chain((name) => fc.array(range(name), { minLength: 1, maxLength: 2 }));
  const steps = fc.tuple(fc.constantFrom(0, 0, 3), fc.nat(19), fc.boolean());
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('few', 'many'),
      under,
      steps,
      async (table, filters, [at, more, toEnd]) => {
        const name = filters[0]?.column ?? '';
        const [profile] = (await engine.tables.profile({ table, columns: [name], filters })).columns;
        if (!profile) throw Error('no profile');
        const { histogram } = profile;
        const [first, last] = [at, toEnd ? histogram.length - 1 : Math.min(at + more, histogram.length - 1)];
        expect(await brushed(table, profile, [first, last], filters)).toBe(
          sumOf(histogram.slice(first, last + 1)),
        );
      },
    ),
    { numRuns: 25 },
  );
});

test('an end that a filter has set stays where it is', async () => {
  const { engine } = shared();
  await engine.query.run({
    text: 'create table brushy as select g as id, g % 1000 as amount from generate_series(0, 9999) g',
  });
  const filter = {
    kind: 'range',
    column: 'amount',
    from: '300',
    to: '450',
    fromOpen: false,
    toOpen: true,
  } as const;
  const { columns } = await engine.tables.profile({
    table: 'brushy',
    columns: ['amount'],
    filters: [filter],
  });
  const [amount] = columns;
  if (!amount) throw Error('no profile');
  expect(filterOfSteps(amount, 0, 4, [filter])).toEqual({ ...filter, to: '338' });
  expect(filterOfSteps(amount, 5, 19, [filter])).toEqual({ ...filter, from: '338' });
  expect(await brushed('brushy', amount, [0, 4], [filter])).toBe(380);
});
