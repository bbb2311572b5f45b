import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { openTestEngine, scratchFolder, sharedTestEngine } from '../open-test-engine.ts';
import { cells } from './arrow-rows.ts';

const shared = sharedTestEngine();

/** Every test begins without tables. */
beforeEach(async () => {
  const { tables } = shared().engine;
  for (const { name } of await tables.list({})) await tables.drop({ table: name, evenIfUsed: true });
});

const orders = `create table orders (id int, status text, amount numeric(10,2), ordered date);
  insert into orders values
    (1, 'paid', 10.50, '2024-01-01'), (2, 'sent', 20.00, '2024-01-02'), (3, 'paid', null, '2024-01-03'),
    (4, '', 5.25, null), (5, null, 20.00, 'infinity')`;

test('a table made by a query is listed, with addresses for its rows', async () => {
  const { engine } = shared();
  await engine.query.run({ text: orders });
  expect(await engine.tables.list({})).toMatchObject([
    {
      name: 'orders',
      origin: 'query',
      rows: 5,
      version: 1,
      rejected: 0,
      failing: 0,
      columns: [
        { name: 'id', type: 'integer' },
        { name: 'status', type: 'text' },
        { name: 'amount', type: 'numeric(10,2)' },
        { name: 'ordered', type: 'date' },
      ],
    },
  ]);
  const source = { of: 'table', table: 'orders' } as const;
  const { bytes, ...page } = await engine.tables.page({ source, offset: 1, limit: 2 });
  expect(page).toEqual({ rows: 2, offset: 1, total: 5 });
  expect(cells(bytes).map((row) => row.slice(0, 4))).toEqual([
    [2n, 2, 'sent', '20.00'],
    [3n, 3, 'paid', null],
  ]);
});

test('pages follow the addresses over gaps', async () => {
  const { engine } = shared();
  await engine.query.run({ text: 'create table big as select g as n from generate_series(1, 5000) g' });
  await engine.query.run({ text: 'delete from big where n % 3 = 0' });
  const source = { of: 'table', table: 'big' } as const;
  const kept = Array.from({ length: 5000 }, (_, at) => at + 1).filter((n) => n % 3 !== 0);
  for (const offset of [0, 998, 1999, 2500, 3330]) {
    const { bytes, total } = await engine.tables.page({ source, offset, limit: 1500 });
    expect(total).toBe(kept.length);
    expect(cells(bytes).map((row) => row[1])).toEqual(kept.slice(offset, offset + 1500));
  }
  const beyond = await engine.tables.page({ source, offset: 9000, limit: 10 });
  expect(beyond).toMatchObject({ rows: 0, total: kept.length });
});

test('a table that is not there is named, with those that are', async () => {
  const { engine } = shared();
  await engine.query.run({ text: 'create table a (x int); create table b (x int)' });
  const source = { of: 'table', table: 'c' } as const;
  await expect(engine.tables.page({ source, offset: 0, limit: 1 })).rejects.toMatchObject({
    problem: { code: 'not_found', message: 'There is no table "c".', hint: 'Tables here: a, b.' },
  });
});

test('the rows of a finding are those its rule found', async () => {
  const { engine, close, dir } = await openTestEngine();
  await engine.query.run({ text: orders });
  await close();
  const { openWorkspace } = await import('../../electron/engine/workspace/workspace.ts');
  const workspace = await openWorkspace({ dir });
  await workspace.database.script(
    `insert into assay.data_quality_checks (table_name, quality_check, kind, class, says, verdict, failed_records, sql)
     values ('orders', 'has_status', 'not_null', 'completeness', 'status is there', 'fail', 2,
       'select _row from public.orders where status is null or status = ''''')`,
  );
  await workspace.close();
  const again = await openTestEngine(dir);
  const source = { of: 'finding', finding: 1 } as const;
  const { bytes, total } = await again.engine.tables.page({ source, offset: 0, limit: 10 });
  expect(total).toBe(2);
  expect(cells(bytes).map((row) => row.slice(0, 3))).toEqual([
    [4n, 4, ''],
    [5n, 5, null],
  ]);
  expect(await again.engine.tables.list({})).toMatchObject([{ failing: 1 }]);
  await again.engine.query.run({ text: 'drop table orders' });
  expect(await again.engine.checks.latest({})).toEqual([]);
});

test('a profile counts what is there', async () => {
  const { engine } = shared();
  await engine.query.run({ text: orders });
  const { rows, columns } = await engine.tables.profile({ table: 'orders' });
  expect(rows).toBe(5);
  const [id, status, amount, ordered] = columns;
  expect(id).toEqual({
    name: 'id',
    type: 'integer',
    nulls: 0,
    distinct: 5,
    isKey: true,
    min: '1',
    max: '5',
    mean: 3,
    median: 3,
    sd: expect.closeTo(Math.sqrt(2.5)),
    sum: '15',
    quantiles: [1.2, 2, 3, 4, 4.8],
    zeroes: 0,
    negatives: 0,
    empty: 0,
    lengths: null,
    patterns: null,
    gaps: null,
    low: 1,
    high: 5,
    top: ['1', '2', '3', '4', '5'].map((value) => ({ value, count: 1 })),
    histogram: [1, 1, 1, 1, 1],
    starts: ['1', '2', '3', '4', '5'],
    end: '5',
  });
  expect(status).toMatchObject({
    nulls: 1,
    distinct: 3,
    min: '',
    max: 'sent',
    empty: 1,
    isKey: false,
    lengths: { min: 0, max: 4, mean: 3 },
    patterns: {
      rows: 4,
      top: [
        { pattern: 'aaaa', count: 3 },
        { pattern: '', count: 1 },
      ],
    },
    mean: null,
    histogram: [],
    top: [
      { value: 'paid', count: 2 },
      { value: '', count: 1 },
      { value: 'sent', count: 1 },
    ],
  });
  expect(amount).toMatchObject({
    nulls: 1,
    distinct: 3,
    min: '5.25',
    max: '20.00',
    mean: 13.9375,
    median: 15.25,
  });
  expect(amount?.histogram.reduce((sum, count) => sum + count)).toBe(4);
  expect(ordered).toMatchObject({ nulls: 1, max: 'infinity', mean: null, histogram: [1, 1, 1] });
});

test('the mean of large numbers is theirs, and what leaves some out is not said', async () => {
  const { engine } = shared();
  await engine.query.run({
    text: `create table large as select 9007199254740993 + g as whole, 9007199254740993.25 + g as part,
      case when g % 2 = 0 then 1e308 else 5e-324 end::float8 as far, case when g = 1 then 1e305 else 1 end::numeric as wide
      from generate_series(1, 5000) g`,
  });
  const { columns } = await engine.tables.profile({ table: 'large' });
  expect(columns.map(({ mean, median, sum }) => ({ mean, median, sum }))).toMatchObject([
    { mean: Number('9007199254743493.5'), sum: '45035996273717467500' },
    { mean: Number('9007199254743493.75') },
    { mean: null, median: null, sum: null },
    { mean: 2e301, median: null },
  ]);
});

test('the deviation of long numbers of a narrow range is theirs, whoever is asked', async () => {
  const { engine } = shared();
  for (const [name, rows, deviation] of [
    ['few', 5_000, 1443.520003],
    ['many', 21_000, 6062.322162],
  ] as const) {
    await engine.query.run({
      text: `create table ${name} as select 9007199254740993 + g as whole, 1732780000000000 + g as micros, 1e20 + g as large,
        -1e20 - g as less, g - 2500 as near, case when g % 2 = 0 then 9e25 else -9e25 end as wide from generate_series(1, ${rows}) g`,
    });
    const { columns } = await engine.tables.profile({ table: name });
    const found = columns.map(({ name, sd }) => [name, name === 'wide' ? sd : Number(sd?.toFixed(6))]);
    expect(found).toEqual([
      ...['whole', 'micros', 'large', 'less', 'near'].map((column) => [column, deviation]),
      ['wide', expect.closeTo(9e25 * Math.sqrt(rows / (rows - 1)), -15)],
    ]);
    const filters = [{ kind: 'range' as const, column: 'near', from: '2000' }];
    const [kept] = (await engine.tables.profile({ table: name, filters })).columns;
    const left = rows - 4_499;
    expect(kept?.sd).toBeCloseTo(Math.sqrt((left * (left + 1)) / 12), 5);
  }
});

test('numbers too large to be squared have no deviation, rather than that of the others', async () => {
  const { engine } = shared();
  await engine.query.run({
    text: `create table far as select case when g % 2 = 0 then 1e301::float8 else g end as f,
      case when g % 2 = 0 then 1e301::numeric else g end as n from generate_series(1, 100) g`,
  });
  const { columns } = await engine.tables.profile({ table: 'far' });
  expect(columns.map(({ name, sd }) => [name, sd])).toEqual([
    ['f', null],
    ['n', null],
  ]);
});

test('a profile stands infinities, extremes, odd types and an empty table', async () => {
  const { engine } = shared();
  await engine.query.run({
    text: `create table odd (f float8, n numeric, j json, v vector(2), b boolean, u uuid, a int[], x bytea, i interval);
      insert into odd values ('NaN', 'NaN', '{"a":1}', '[1,2]', true, gen_random_uuid(), '{1}', '\\x00', '1 day'),
        ('Infinity', 1e400, '{"a":1}', '[1,2]', false, null, '{1}', null, null), (1e308, -1, null, null, true, null, null, null, null);
      create table nobody (x int, y text)`,
  });
  const { columns } = await engine.tables.profile({ table: 'odd' });
  expect(columns.map(({ name, nulls, distinct }) => [name, nulls, distinct])).toEqual([
    ['f', 0, 3],
    ['n', 0, 3],
    ['j', 1, 1],
    ['v', 1, 1],
    ['b', 0, 2],
    ['u', 2, 1],
    ['a', 1, 1],
    ['x', 2, 1],
    ['i', 2, 1],
  ]);
  expect((await engine.tables.profile({ table: 'nobody', columns: ['x'] })).columns).toMatchObject([
    {
      name: 'x',
      type: 'integer',
      nulls: 0,
      distinct: 0,
      min: null,
      max: null,
      mean: null,
      median: null,
      top: [],
      histogram: [],
    },
  ]);
});

test('a renamed table is the same table', async () => {
  const { engine, dir } = shared();
  await engine.query.run({ text: orders });
  await engine.query.run({ text: 'create table visits (order_id int); insert into visits values (1), (99)' });
  const rule = { id: 'has_status', kind: 'not_null', params: { column: 'status' }, failAbove: 0 };
  const params = { columns: ['order_id'], table: 'orders', references: ['id'] };
  await engine.checks.save({ table: 'orders', rules: [rule] });
  await engine.checks.save({
    table: 'visits',
    rules: [{ id: 'known', kind: 'foreign_key', params, failAbove: 0 }],
  });
  await engine.pipelines.save({
    pipeline: {
      version: 1,
      name: 'copy',
      steps: [
        { id: 'a', kind: 'source', params: { table: 'visits' } },
        { id: 'b', kind: 'output', params: { table: 'orders' }, inputs: ['a'] },
      ],
    },
  });
  expect((await engine.tables.dependents({ table: 'orders' })).map(({ says }) => says)).toEqual([
    'pipeline "copy" writes it',
    'orders.yaml holds its rules',
    'rules in visits.yaml refer to it',
  ]);
  await engine.tables.rename({ table: 'orders', to: 'Bestellungen 2024' });
  const [table] = await engine.tables.list({});
  expect(table).toMatchObject({ name: 'Bestellungen 2024', rows: 5 });
  expect(await engine.checks.list({})).toMatchObject([
    { table: 'Bestellungen 2024', rules: [{ id: 'has_status' }] },
    { table: 'visits', rules: [{ params: { table: 'Bestellungen 2024' } }] },
  ]);
  expect((await engine.checks.run({})).findings).toMatchObject([
    { check: 'has_status', verdict: 'fail', badRows: 1 },
    { check: 'known', verdict: 'fail', badRows: 1 },
  ]);
  const { steps } = await engine.pipelines.read({ name: 'copy' });
  expect(steps).toMatchObject([{ params: { table: 'visits' } }, { params: { table: 'Bestellungen 2024' } }]);
  expect(await readdir(join(dir, 'checks'))).toEqual(['orders.yaml', 'visits.yaml']);
  await expect(engine.tables.rename({ table: 'orders', to: 'x' })).rejects.toMatchObject({
    problem: { code: 'not_found' },
  });
  await engine.query.run({ text: 'create view v as select 1 as x' });
  await expect(engine.tables.rename({ table: 'Bestellungen 2024', to: 'v' })).rejects.toMatchObject({
    problem: { code: 'bad_input' },
  });
});

test('a file that cannot be written is told after a renaming, and so is that the table changed', async () => {
  const { engine, dir, events } = shared();
  await engine.query.run({ text: 'create table early (a int)' });
  // Room for the name, and none for the one that a half-written file has.
  const file = join(dir, 'checks', `${'l'.repeat(245)}.yaml`);
  await mkdir(join(dir, 'checks'), { recursive: true });
  await writeFile(file, 'schema: [{ name: early }]\n');
  const before = events.length;
  await expect(engine.tables.rename({ table: 'early', to: 'late' })).rejects.toThrow(
    '"early" is called "late" now',
  );
  expect(events.slice(before)).toContainEqual({ event: 'changed', room: 'tables' });
  expect((await engine.tables.list({})).map(({ name }) => name)).toContain('late');
  await rm(file);
});

test('a table in use is dropped only when asked twice', async () => {
  const { engine } = shared();
  await engine.query.run({
    text: `${orders}; create view paid as select * from orders where status = 'paid'`,
  });
  expect(await engine.tables.dependents({ table: 'orders' })).toEqual([
    { kind: 'view', name: 'paid', says: 'view "paid" reads it' },
  ]);
  await expect(engine.tables.drop({ table: 'orders' })).rejects.toMatchObject({
    problem: { code: 'bad_input', message: '"orders" is in use: view "paid" reads it.' },
  });
  await engine.tables.drop({ table: 'orders', evenIfUsed: true });
  expect(await engine.tables.list({})).toEqual([]);
});

test('CSV leaves whole, quoted where needed, without addresses', async () => {
  const { engine } = shared();
  await engine.query.run({
    text: `create table "a/b" (x text, y int); insert into "a/b" values ('with "quotes", and
line', 1), (null, 2), ('', null), ('ä😀', 4); create table nobody (x int)`,
  });
  const folder = join(await scratchFolder(), 'deep', 'out');
  const written = await engine.tables.exportCsv({ tables: [], folder });
  expect(written.map(({ table, rows }) => [table, rows])).toEqual([
    ['a/b', 4],
    ['nobody', 0],
  ]);
  expect(await readFile(join(folder, 'a%2Fb.csv'), 'utf8')).toBe(
    'x,y\n"with ""quotes"", and\nline",1\n,2\n"",\nä😀,4\n',
  );
  expect(await readFile(join(folder, 'nobody.csv'), 'utf8')).toBe('x\n');
  expect((await readdir(folder)).sort()).toEqual(['a%2Fb.csv', 'nobody.csv']);
});

test('CSV in several pieces is one file', async () => {
  const { engine } = shared();
  await engine.query.run({
    text: `create table wide as select g, repeat(md5(g::text), 40) as t from generate_series(1, 20000) g;
      delete from wide where g % 7 = 0`,
  });
  const folder = await scratchFolder();
  const progress: number[] = [];
  await engine.tables.exportCsv(
    { tables: ['wide'], folder },
    { onProgress: ({ done }) => progress.push(done) },
  );
  const lines = (await readFile(join(folder, 'wide.csv'), 'utf8')).trimEnd().split('\n');
  const expected = Array.from({ length: 20000 }, (_, at) => at + 1).filter((g) => g % 7 !== 0);
  expect(lines.slice(1).map((line) => Number(line.split(',')[0]))).toEqual(expected);
  expect(progress.length).toBeGreaterThan(1);
});

test('an export that is cancelled or has nowhere to go leaves no file', async () => {
  const { engine } = shared();
  await engine.query.run({ text: 'create table t as select g from generate_series(1, 200000) g' });
  const folder = await scratchFolder();
  const abort = new AbortController();
  const cancelled = engine.tables.exportCsv(
    { tables: ['t'], folder },
    { signal: abort.signal, onProgress: () => abort.abort() },
  );
  await expect(cancelled).rejects.toMatchObject({ problem: { code: 'cancelled' } });
  expect(await readdir(folder)).toEqual([]);
  await writeFile(join(folder, 'file'), '');
  await expect(
    engine.tables.exportCsv({ tables: ['t'], folder: join(folder, 'file') }),
  ).rejects.toMatchObject({
    problem: { code: 'bad_input', message: expect.stringContaining('is not a folder') },
  });
});

test('tables whose names differ only in what a file name cannot hold leave as files of their own', async () => {
  const { engine } = shared();
  await engine.query.run({ text: `create table "a/b" as select 1 as x; create table a_b as select 2 as x` });
  const folder = await scratchFolder();
  await engine.tables.exportCsv({ tables: [], folder });
  expect(await readFile(join(folder, 'a%2Fb.csv'), 'utf8')).toBe('x\n1\n');
  expect(await readFile(join(folder, 'a_b.csv'), 'utf8')).toBe('x\n2\n');
});
