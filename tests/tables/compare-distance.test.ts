import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withDuck } from '../../electron/engine/files/duck/duck.ts';
import {
  type BothValues,
  kolmogorovSmirnov,
  totalVariation,
} from '../../electron/engine/tables/compare/distances.ts';
import { askedOf, textsOf } from '../../electron/engine/tables/profile/asked.ts';
import { join, type Sql, sql } from '../../shared/sql.ts';
import { sharedDatabase, sharedTestEngine } from '../open-test-engine.ts';

const shared = sharedTestEngine();
const database = sharedDatabase();
const run = (text: string) => shared().engine.query.run({ text });

async function distances(before: string, now: string): Promise<Record<string, number | null>> {
  const { columns } = await shared().engine.tables.compare({
    before: { table: before },
    now: { table: now },
  });
  return Object.fromEntries(columns.map(({ name, distance }) => [name, distance]));
}

for (const [of, times] of [
  ['PostgreSQL', 1],
  ['columnar copies', 6000],
] as const) {
  test(`how far values are apart is worked out from all of them, in ${of}`, async () => {
    const rows = `generate_series(1, ${times * 4}) as g`;
    await run(`create table old_${times} as select
        'old' || g as apart, 'same' as alike, case g % 4 when 0 then null when 1 then 'a' else 'b' end as words,
        g % 4 as n, g::float8 as low, case when g = 1 then 1e12 else g % 100 end as far, (g % 4 = 0) as yes,
        timestamp '2024-01-01' + g * interval '1 second' as at, 0.1::real as short from ${rows};
      create table new_${times} as select
        'new' || g as apart, 'same' as alike, case g % 4 when 0 then 'c' when 1 then null else 'b' end as words,
        (g % 4) / 2 * 2 as n, g + 1e6::float8 as low, case when g = 1 then 1e12 else g % 100 + 1e6 end as far, true as yes,
        timestamp '2020-01-01' + g * interval '1 second' as at, 0.1::float8 as short from ${rows}`);
    const far = expect.closeTo(1 - 1 / (times * 4), 12);
    expect(await distances(`old_${times}`, `new_${times}`)).toEqual({
      apart: 1,
      alike: 0,
      words: 0.25,
      n: 0.25,
      low: 1,
      far,
      yes: 0.75,
      at: 1,
      short: 0,
    });
  }, 120_000);
}

/** The distances by their definitions, over every value. */
function byHand(before: readonly (number | null)[], now: readonly (number | null)[]) {
  const share = (side: readonly (number | null)[], holds: (value: number | null) => boolean) =>
    side.filter(holds).length / side.length;
  const gap = (holds: (value: number | null) => boolean) =>
    Math.abs(share(before, holds) - share(now, holds));
  const values = [...new Set([...before, ...now])];
  const ends = values.filter((value) => value !== null);
  return {
    variation: values.reduce<number>((sum, value) => sum + gap((one) => one === value), 0) / 2,
    largest: Math.max(
      0,
      ...ends.flatMap((end) => [
        gap((one) => one === null || one <= end),
        gap((one) => one !== null && one <= end),
      ]),
    ),
  };
}

const listed = (values: readonly (number | null)[]): Sql =>
  sql`select v from (values ${join(values.map((value) => sql`(${value}::int)`))}) as given(v)`;

test('both distances are by their definitions, alike both ways round, 0 of a side with itself and at most 1', async () => {
  const side = fc.array(fc.option(fc.integer({ min: 0, max: 5 })), { minLength: 1, maxLength: 12 });
  const { rows } = askedOf(database(), sql`unused`, 0);
  const duck: BothValues['rows'] = (asked) =>
    withDuck(undefined, async (columnar) => textsOf(await columnar.rows(asked)));
  await fc.assert(
    fc.asyncProperty(side, side, async (one, other) => {
      const both = { rows, before: listed(one), now: listed(other) };
      const copied = { ...both, rows: duck };
      expect(await totalVariation(copied)).toBe(await totalVariation(both));
      expect(await kolmogorovSmirnov(copied)).toBe(await kolmogorovSmirnov(both));
      const turned = { rows, before: both.now, now: both.before };
      const { variation, largest } = byHand(one, other);
      expect(await totalVariation(both)).toBeCloseTo(variation, 12);
      expect(await totalVariation(turned)).toBe(await totalVariation(both));
      const some = one.some((value) => value !== null) || other.some((value) => value !== null);
      if (some) expect(await kolmogorovSmirnov(both)).toBeCloseTo(largest, 12);
      expect(await kolmogorovSmirnov(turned)).toBe(await kolmogorovSmirnov(both));
      const doubled = { rows, before: listed(one), now: listed([...one, ...one]) };
      expect(await totalVariation(doubled)).toBe(0);
      const disjoint = { rows, before: listed(one), now: listed(one.map(() => 9)) };
      expect(await totalVariation(disjoint)).toBe(1);
    }),
    { numRuns: 25 },
  );
});
