import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import compare from '../../electron/cli/commands/compare.ts';
import { sharedTestEngine } from '../open-test-engine.ts';

const shared = sharedTestEngine();
const run = (text: string) => shared().engine.query.run({ text });

const csv = async (name: string, lines: readonly string[]) => {
  await writeFile(join(shared().dir, name), `${lines.join('\n')}\n`);
  return name;
};

/** The rows that a version before an import is found to have, by the rows that are new, changed and gone since. */
async function sinceImport(table: string) {
  const sides = { before: { table, version: 'before' as const }, now: { table } };
  const { before, now, keys } = await shared().engine.tables.compare(sides);
  const rows = await shared().engine.tables.compareRows({ ...sides, key: ['id'] });
  return { before: before.rows, now: now.rows, keys, rows };
}

test('two tables are compared by columns, distributions and rows', async () => {
  await run(`create table spring as select g as id, g % 3 as kind, 'k' || g % 2 as name, g * 0.5 as amount, 1 as old
      from generate_series(1, 40) g;
    create table summer as select g as id, (g % 3)::text as kind, 'k' || case when g > 30 then 7 else g % 2 end as name,
      case when g <> 5 then g * 0.5 end as amount, true as fresh from generate_series(11, 60) g`);
  const sides = { before: { table: 'spring' }, now: { table: 'summer' } };
  const { before, now, columns, keys } = await shared().engine.tables.compare(sides);
  expect([before, now]).toEqual([
    { title: 'spring', rows: 40 },
    { title: 'summer', rows: 50 },
  ]);
  expect(columns.map(({ name, change }) => [name, change])).toEqual([
    ['id', 'same'],
    ['kind', 'retyped'],
    ['name', 'same'],
    ['amount', 'same'],
    ['fresh', 'added'],
    ['old', 'removed'],
  ]);
  expect(keys).toEqual(['id', 'amount']);
  const [id, kind, name] = columns;
  const steps = id?.values?.of === 'steps' ? id.values : undefined;
  expect([steps?.low, steps?.high]).toEqual([1, 60]);
  expect(steps?.before.reduce((sum, n) => sum + n)).toBe(40);
  expect(steps?.now.slice(0, 3)).toEqual([0, 0, 0]);
  expect(kind).toMatchObject({ values: null, distance: null });
  expect(name?.values).toEqual({
    of: 'values',
    values: expect.arrayContaining([
      { value: 'k7', before: 0, now: 30 },
      { value: 'k0', before: 20, now: 10 },
      { value: 'k1', before: 20, now: 10 },
    ]),
  });
  expect(name?.distance).toBeCloseTo(0.6);
  const rows = await shared().engine.tables.compareRows({ ...sides, key: ['id'] });
  expect(rows).toMatchObject({ by: ['id'], new: 20, removed: 10, changed: 10, unchanged: 20 });
  const same = { before: { table: 'spring' }, now: { table: 'spring' } };
  expect((await shared().engine.tables.compare(same)).columns.map(({ distance }) => distance)).toEqual([
    0, 0, 0, 0, 0,
  ]);
  expect(await shared().engine.tables.compareRows(same)).toMatchObject({ new: 0, removed: 0, unchanged: 40 });
});

test('equal numbers are the same however they are kept, by key and as whole rows', async () => {
  await run(`create table scaled as select * from (values (1, 1.0, '-0'::float8, 2.50), (2, 5.10, 'NaN', null)) v(id, n, f, r);
    create table rescaled as select id::bigint, n::numeric(9, 3)::numeric as n, f + 0 as f, r::real from scaled`);
  const sides = { before: { table: 'scaled' }, now: { table: 'rescaled' } };
  const same = { new: 0, removed: 0, changed: 0, unchanged: 2 };
  for (const key of [['id'], []])
    expect(await shared().engine.tables.compareRows({ ...sides, key })).toMatchObject(same);
});

test('a key that tells no rows apart, or is not on both sides, is refused', async () => {
  const sides = { before: { table: 'spring' }, now: { table: 'summer' } };
  const rows = (key: string[]) => shared().engine.tables.compareRows({ ...sides, key });
  await expect(rows(['name'])).rejects.toMatchObject({
    problem: { code: 'bad_input', message: 'name does not tell the rows of spring apart.' },
  });
  await expect(rows(['fresh'])).rejects.toMatchObject({
    problem: { code: 'bad_input', at: { column: 'fresh' } },
  });
});

test('a table is compared with what it was before its last import, however that changed it', async () => {
  const { engine } = shared();
  const path = await csv('stock.csv', ['id,n', '1,10', '2,20', '3,30']);
  await engine.import.load({ path });
  await expect(sinceImport('stock')).rejects.toMatchObject({ problem: { code: 'not_found' } });
  await csv('stock.csv', ['id,n', '1,10', '2,21', '4,40']);
  await engine.import.load({ path, mode: 'merge', key: ['id'] });
  expect(await sinceImport('stock')).toMatchObject({
    before: 3,
    now: 4,
    keys: ['id', 'n'],
    rows: { new: 1, changed: 1, removed: 0, unchanged: 2 },
  });
  await csv('more.csv', ['id,n', '5,50']);
  await engine.import.load({ path: 'more.csv', table: 'stock', mode: 'append' });
  expect(await sinceImport('stock')).toMatchObject({ before: 4, now: 5, rows: { new: 1, unchanged: 4 } });
  await engine.import.load({ path, table: 'stock', mode: 'replace' });
  expect(await sinceImport('stock')).toMatchObject({
    before: 5,
    now: 3,
    rows: { new: 0, changed: 0, removed: 2, unchanged: 3 },
  });
  await run('update stock set n = 11 where id = 1');
  expect(await sinceImport('stock')).toMatchObject({ rows: { changed: 1, removed: 2, unchanged: 2 } });
});

test('the command says what differs, and with --strict that something does', async () => {
  const call = { dir: shared().dir, engine: async () => shared().engine, long: {} };
  const { json, text, exit } = await compare.run({
    ...call,
    args: ['spring', 'summer'],
    options: { strict: true },
  });
  expect(json).toMatchObject({
    before: { title: 'spring' },
    keys: ['id', 'amount'],
    rows: { by: ['id'], new: 20 },
  });
  expect(text).toContain('rows, told apart by id: 20 new, 10 changed, 10 gone, 20 the same');
  expect(exit).toBe(1);
  const same = await compare.run({
    ...call,
    args: ['spring', 'spring'],
    options: { strict: true, key: 'id' },
  });
  expect(same.exit).toBe(0);
});

test('the command tells no value of a private column', async () => {
  const { engine, dir } = shared();
  await run(
    `create table who as select 1 as id, 'CH93' as iban, 7777 as pin; create table whom as select 1 as id, 'CH11' as iban, 8888 as pin`,
  );
  await mkdir(join(dir, 'checks'), { recursive: true });
  const file = join(dir, 'checks', 'who.yaml');
  await writeFile(
    file,
    'schema: [{ name: who, properties: [{ name: iban, private: true }, { name: pin, private: true }] }]\n',
  );
  const call = { dir, engine: async () => engine, long: {}, args: ['who', 'whom'] };
  const { json, text } = await compare.run({ ...call, options: { key: 'id' } });
  expect(`${text}${JSON.stringify(json)}`).not.toMatch(/CH93|CH11|7777|8888/);
  expect(json).toMatchObject({
    rows: {
      changed: 1,
      examples: { changed: [{ before: ['1', '•••', '•••'], after: ['1', '•••', '•••'] }] },
    },
  });
  await rm(file);
});
