import { expect, test } from 'vitest';
import { sharedTestEngine } from '../open-test-engine.ts';

const shared = sharedTestEngine();

const shop = (
  rows: number,
) => `select g as id, g * 2 + 1 as price, case when g % 2 = 0 then g ^ 3 end as cubed,
  -(g % 50)::numeric as back, (g % 50) * 0.5 as forth, 7 as same, 'City ' || g % 10 as city,
  case when g = 4 then 'Nowhere' when g % 10 < 5 then 'North' else 'South' end as side,
  case when g % 4 = 0 then null else 'mail' end as mail, case when g % 4 = 0 then null else g % 3 end as code,
  '[1,2]'::vector(2) as place from generate_series(1, ${rows}) as g`;

const relations = async (table: string, scope: object = {}) =>
  shared().engine.tables.relations({ table, ...scope });

for (const [of, rows] of [
  ['PostgreSQL', 800],
  ['a sample of a copy', 24_000],
] as const) {
  test(`columns are related from ${of}`, async () => {
    const table = `shop_${rows}`;
    const text = rows > 1000 ? shop(rows).replace(/'\[1,2\]'.*? as place/, `'p' as place`) : shop(rows);
    await shared().engine.query.run({ text: `create table ${table} as ${text}` });
    const { sampled, correlations, dependencies, missing, rows: all } = await relations(table);
    expect(all).toBe(rows);
    expect(sampled === null ? rows : sampled).toBeGreaterThan(rows > 20_000 ? 19_900 : rows - 1);
    const pair = (a: string, b: string) => correlations.find((one) => one.a === a && one.b === b);
    expect(pair('id', 'price')).toMatchObject({ pearson: expect.closeTo(1), rank: expect.closeTo(1) });
    expect(pair('id', 'cubed')).toMatchObject({ pearson: expect.closeTo(0.917, 2), rank: expect.closeTo(1) });
    expect(pair('back', 'forth')).toMatchObject({ pearson: expect.closeTo(-1), rank: expect.closeTo(-1) });
    expect(pair('id', 'same')).toMatchObject({ pearson: null, rank: null });
    expect(Math.abs(pair('id', 'back')?.pearson ?? 1)).toBeLessThan(0.1);
    expect(dependencies).toContainEqual({ by: 'city', column: 'side', rows, breaking: 1 });
    expect(dependencies.map(({ by, column }) => `${by} → ${column}`)).not.toContain('side → city');
    expect(missing.patterns.slice(0, 3)).toEqual([
      { columns: ['cubed'], rows: rows / 2 },
      { columns: [], rows: rows / 4 },
      { columns: ['mail', 'code'], rows: rows / 4 },
    ]);
    expect(missing.together).toEqual([{ a: 'mail', b: 'code', rows: rows / 4, share: expect.closeTo(1) }]);
  });
}

test('relations keep to the columns and rows asked for, and stand a table with nothing in it', async () => {
  const filters = [{ kind: 'range' as const, column: 'id', to: '100' }];
  const found = await relations('shop_800', { columns: ['id', 'mail', 'cubed'], filters });
  expect(found.correlations.map(({ a, b, rows }) => [a, b, rows])).toEqual([['id', 'cubed', 50]]);
  expect(found.missing).toMatchObject({ otherRows: 0, together: [] });
  expect(found.missing.patterns).toHaveLength(3);
  await shared().engine.query.run({ text: 'create table bare (x int, y numeric, z text)' });
  expect(await relations('bare')).toMatchObject({
    rows: 0,
    correlations: [{ a: 'x', b: 'y', rows: 0, pearson: null, rank: null }],
    dependencies: [],
    missing: { patterns: [], otherRows: 0, together: [] },
  });
  await expect(relations('shop_800', { columns: ['gone'] })).rejects.toMatchObject({
    problem: { code: 'not_found', at: { column: 'gone' } },
  });
});

test('numbers of any digits are correlated, whoever is asked', async () => {
  await shared().engine.query.run({
    text: `create table sevenths as select g as a, g::numeric / 7 as b, case when g % 2 = 0 then 'NaN' else g * 1e40 end as c
      from generate_series(1, 24000) as g`,
  });
  const { correlations, sampled } = await relations('sevenths');
  const close = { pearson: expect.closeTo(1), rank: expect.closeTo(1) };
  const [half, all] = [correlations.find(({ rows }) => rows < 15_000)?.rows, sampled];
  expect(half).toBeGreaterThan(9_000);
  expect(correlations).toHaveLength(3);
  expect(correlations).toEqual(
    expect.arrayContaining([
      { a: 'a', b: 'b', rows: all, ...close },
      { a: 'a', b: 'c', rows: half, ...close },
      { a: 'b', b: 'c', rows: half, ...close },
    ]),
  );
});

test('long numbers of a narrow range are on an exact line', async () => {
  for (const [name, rows] of [
    ['short_line', 5_000],
    ['long_line', 21_000],
  ] as const) {
    await shared().engine.query.run({
      text: `create table ${name} as select g as id, 9007199254740993 + g * 2 as twice, -g as less,
        12345678901234567890.125 + g / 8.0 as part, (1e15 + g)::float8 as far from generate_series(1, ${rows}) g`,
    });
    const { correlations } = await relations(name);
    expect(correlations).toHaveLength(10);
    for (const { a, b, pearson, rank } of correlations) {
      const line = (a === 'less') === (b === 'less') ? 1 : -1;
      expect([a, b, Number(pearson?.toFixed(12)), Number(rank?.toFixed(12))]).toEqual([a, b, line, line]);
    }
  }
});

test('columns that too many others stand before are told of, and compared when one is asked about', async () => {
  const wide = Array.from({ length: 70 }, (_, at) => `g * ${at + 1} as n${at}`);
  await shared().engine.query.run({
    text: `create table wide as select ${wide.join(', ')}, 'x' || g % 5 as city, 'y' || g % 5 as same_city,
      '{}'::json as thing from generate_series(1, 100) as g`,
  });
  const all = await relations('wide');
  expect(all).toMatchObject({ leftOut: 13, uncorrelated: 30 });
  expect(all.compared).toHaveLength(60);
  expect(all.correlations).toHaveLength((40 * 39) / 2);
  expect(await relations('wide', { about: 'n10' })).toEqual(all);
  const far = await relations('wide', { about: 'n50' });
  expect(far.correlations.filter(({ a, b }) => [a, b].includes('n50'))).toHaveLength(39);
  expect((await relations('wide', { about: 'city' })).compared).toContain('city');
  expect(await relations('wide', { columns: ['n1', 'thing'] })).toMatchObject({
    leftOut: 0,
    uncorrelated: 0,
  });
});
