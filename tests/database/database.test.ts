import { tableFromIPC } from 'apache-arrow';
import { expect, onTestFinished, test } from 'vitest';
import type { Database } from '../../electron/engine/database/database.ts';
import { openWorkspace } from '../../electron/engine/workspace/workspace.ts';
import { ident, sql } from '../../shared/sql.ts';
import { workspaceFolder } from '../open-test-engine.ts';

async function open(): Promise<Database> {
  const workspace = await openWorkspace({ dir: await workspaceFolder(), create: true });
  onTestFinished(() => workspace.close());
  return workspace.database;
}

const cells = (bytes: Uint8Array) =>
  tableFromIPC(bytes)
    .toArray()
    .map((row) => Object.values(row.toJSON()));

test('values of every family reach Arrow as they are', async () => {
  const database = await open();
  const { bytes, columns, rows } = await database.rows(sql`
    select * from (values
      (1::smallint, -2, 9007199254740993::bigint, 1.5::real, -0.25::float8, 1234567890.1200, true, 'ä€😀', date '1969-12-31',
       timestamp '1969-12-31 23:59:59.999999', '{"a": 1}'::jsonb, '00000000-0000-4000-8000-0000000000ff'::uuid,
       interval '1 day', '[1,2,3]'::vector(3)),
      (null, null, null, null, null, null, null, null, null, null, null, null, null, null)
    ) as t(a, b, c, d, e, f, g, h, i, j, k, l, m, n)`);
  expect(rows).toBe(2);
  expect(columns.map(({ type }) => type)).toEqual([
    'smallint',
    'integer',
    'bigint',
    'real',
    'double precision',
    'numeric',
    'boolean',
    'text',
    'date',
    'timestamp without time zone',
    'jsonb',
    'uuid',
    'interval',
    'vector',
  ]);
  const [values, nulls] = cells(bytes);
  expect(values?.slice(0, 8)).toEqual([
    1,
    -2,
    9007199254740993n,
    1.5,
    -0.25,
    '1234567890.1200',
    true,
    'ä€😀',
  ]);
  expect(values?.slice(10)).toEqual(['{"a": 1}', '00000000-0000-4000-8000-0000000000ff', '1 day', '[1,2,3]']);
  expect(nulls).toEqual(Array(14).fill(null));
});

test('numerics keep every digit', async () => {
  const database = await open();
  const written = [
    '0',
    '-0.001',
    '100000',
    '123456789012345678901234567890.123456789',
    '0.0000000001',
    '-99999999.9900',
    'NaN',
  ];
  const { bytes } = await database.rows(
    sql`select v::numeric from unnest(${`{${written.join(',')}}`}::text[]) v`,
  );
  expect(cells(bytes).flat()).toEqual(written);
});

test('an error in the middle of many rows is told with its code, and the connection goes on', async () => {
  const database = await open();
  const failing = database.rows(sql`select 1 / (90000 - n) as v from generate_series(1, 100000) n`);
  await expect(failing).rejects.toMatchObject({
    problem: { code: 'sql_failed', message: 'division by zero', at: { sqlstate: '22012' } },
  });
  expect(cells((await database.rows(sql`select 7 as a`)).bytes)).toEqual([[7]]);
});

test('rows read as Arrow leave nothing of theirs to the next statement', async () => {
  const database = await open();
  const [first, second] = await database.use({}, async (session) => {
    await session.rows(sql`select 1 as a`);
    const explained = await session.written('explain select 1', 10);
    await session.rows(sql`select 1 as a`);
    const failed = await session
      .written('selec 2', 10)
      .catch((thrown: { problem: unknown }) => thrown.problem);
    return [explained, failed] as const;
  });
  expect(first).toMatchObject({ command: 'EXPLAIN', rows: 1 });
  expect(second).toMatchObject({ code: 'sql_failed', at: { position: 1 } });
});

test('a transaction that fails leaves nothing', async () => {
  const database = await open();
  await database.run(sql`create table t (a int)`);
  const work = database.transaction({}, async (session) => {
    await session.run(sql`insert into t values (1)`);
    await session.run(sql`insert into nowhere values (1)`);
  });
  await expect(work).rejects.toMatchObject({ problem: { code: 'sql_failed', at: { sqlstate: '42P01' } } });
  expect(await database.query(sql`select * from t`)).toEqual([]);
});

test('cancel stops a statement that runs, says so, and what waited goes on', async () => {
  const database = await open();
  await database.run(sql`create table t (a int)`);
  await database.run(sql`insert into t values (7)`);
  const abort = new AbortController();
  const long = database.use({ title: 'Counting', signal: abort.signal }, (session) =>
    session.query(sql`select count(*) from generate_series(1, 1e9)`),
  );
  const waiting = database.query(sql`select a from t`);
  setTimeout(() => abort.abort(), 300);
  await expect(long).rejects.toMatchObject({
    problem: { code: 'cancelled', message: expect.stringMatching(/opened again in \d+\.\d s/) },
  });
  expect(await waiting).toEqual([{ a: 7 }]);
});

test('what waits is cancelled without a restart', async () => {
  const database = await open();
  const abort = new AbortController();
  const first = database.query(sql`select pg_sleep(0.3)`);
  const second = database.use({ signal: abort.signal }, (session) => session.query(sql`select 1`));
  abort.abort();
  await expect(second)
    .rejects.toMatchObject({
      problem: { code: 'cancelled', message: expect.stringMatching(/nothing was done/) },
    })
    .catch(() => {});
  await first;
});

test('an interactive read goes before what is shown beside it, and that before background work', async () => {
  const database = await open();
  const order: string[] = [];
  const run = (name: string, priority: 'interactive' | 'beside' | 'background') =>
    database.use({ priority }, async (session) => {
      await session.query(sql`select pg_sleep(0.05)`);
      order.push(name);
    });
  await Promise.all([
    run('first', 'background'),
    run('load', 'background'),
    run('sample', 'beside'),
    run('look', 'interactive'),
  ]);
  expect(order).toEqual(['first', 'look', 'sample', 'load']);
});

test('names cannot leave their quotes', async () => {
  const database = await open();
  const name = `x"; drop schema assay cascade; --`;
  await database.run(sql`create table ${ident(name)} (${ident("a'b;")} int)`);
  await database.run(sql`insert into ${ident(name)} values (1)`);
  expect(await database.query(sql`select * from ${ident(name)}`)).toEqual([{ "a'b;": 1 }]);
  expect(await database.query(sql`select count(*)::int as n from assay.tables`)).toEqual([{ n: 0 }]);
});
