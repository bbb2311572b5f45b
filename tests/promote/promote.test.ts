import { existsSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { openTestEngine, scratchFolder } from '../open-test-engine.ts';
import { startPostgres, type TestPostgres } from '../postgres/start-postgres.ts';

let server: TestPostgres;
let databases = 0;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

async function ask(sql: string, database: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ host: server.host, port: server.port, user: server.user, database });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** A workspace with the given SQL run in it, and an empty database on the server as its target. */
async function openWith(sql: string) {
  const database = `d${++databases}`;
  await ask(`create database ${database}`, 'postgres');
  const opened = await openTestEngine();
  const { host, port, user } = server;
  const target = { name: 'prod', kind: 'postgres', host, port, user, database, tls: 'disable' } as const;
  await opened.engine.workspace.saveTarget({ target });
  await opened.engine.query.run({ text: sql });
  return { ...opened, target, ask: (text: string) => ask(text, database) };
}

const everyType = `
  create table "odd ""; name" as select * from (values
    (1::smallint, 2::int, 3::bigint, 1.50::numeric(12,2), 'NaN'::numeric, 0.1::float8, '-Infinity'::float8, true, 'ä€😀 ''";\\', date '0044-03-15 BC',
     'infinity'::date, timestamp '1969-12-31 23:59:59.999999', timestamptz '2024-06-30 12:00:00+02', '{"b": [1, null], "a": "ü"}'::jsonb,
     '00000000-0000-4000-8000-0000000000ff'::uuid, interval '1 year -2 days', '{1,null,3}'::int[], '\\x00ff'::bytea, '10.0.0.1'::inet, '[0.1,2,-3]'::vector),
    (null, null, null, null, null, null, null, null, '', null, null, null, null, null, null, null, null, null, null, null)
  ) as t(a, b, c, d, e, f, g, h, "i;", j, k, l, m, n, o, p, q, r, s, v);
  alter table "odd ""; name" alter v type vector(3);
  create table empty_one (a int, b text);
  create table many as select n as id, 'row ' || n as name, n * 1.5 as amount from generate_series(1, 30000) n`;

test('every type arrives as it was, compared on both sides across majors', async () => {
  const { engine, ask: onServer } = await openWith(everyType);
  const plan = await engine.promote.plan({ target: 'prod' });
  expect(plan.changes.map(({ object, action, rows }) => [object, action, rows])).toEqual([
    ['vector', 'create', 0],
    ['empty_one', 'create', 0],
    ['many', 'create', 30_000],
    ['odd "; name', 'create', 2],
  ]);
  const receipt = await engine.promote.apply({ target: 'prod', fingerprint: plan.fingerprint });
  expect(receipt.status).toBe('verified');
  expect(
    receipt.tables.map(({ table, serverRows, checksumsEqual }) => [table, serverRows, checksumsEqual]),
  ).toEqual([
    ['empty_one', 0, true],
    ['many', 30_000, true],
    ['odd "; name', 2, true],
  ]);
  expect(await onServer('select count(*)::int as n, sum(amount)::text as s from many')).toEqual([
    { n: 30_000, s: '675022500.0' },
  ]);
  expect(await onServer(`select nspname from pg_namespace where nspname like 'assay_staging%'`)).toEqual([]);
  expect(
    await onServer(`select attname from pg_attribute where attrelid = 'many'::regclass and attnum > 0`),
  ).toHaveLength(3);
  expect((await engine.promote.verify({ target: 'prod' })).status).toBe('verified');
});

test('a table on the server is replaced only when accepted, views follow, and roll back brings it back', async () => {
  const { engine, ask: onServer } = await openWith('create table t as select 1 as a, $$new$$ as b');
  await onServer(`create table t (a int, b text); insert into t values (7, 'old'); create role reader; grant select on t to reader;
    create view v as select b from t`);
  await expect(engine.promote.apply({ target: 'prod' })).rejects.toMatchObject({
    problem: { code: 'bad_input', message: expect.stringContaining('t: 1 row there replaced by 1') },
  });
  await engine.promote.apply({ target: 'prod', acceptDestructive: true });
  expect(await onServer('select * from v')).toEqual([{ b: 'new' }]);
  expect(await onServer(`select has_table_privilege('reader', 't', 'select') as may`)).toEqual([
    { may: true },
  ]);
  expect((await engine.promote.rollback({ target: 'prod' })).status).toBe('rolled back');
  expect(await onServer('select * from t')).toEqual([{ a: 7, b: 'old' }]);
  expect(await onServer('select * from v')).toEqual([{ b: 'old' }]);
});

test('a changed row on the server is found', async () => {
  const { engine, ask: onServer } = await openWith(
    'create table t as select n as a, n % 3 as b from generate_series(1, 10) n',
  );
  await engine.promote.apply({ target: 'prod' });
  await onServer('update t set b = case a when 1 then 2 else 1 end where a in (1, 2)');
  const receipt = await engine.promote.verify({ target: 'prod' });
  expect(receipt.status).toBe('differs');
  const wrong = receipt.tables[0]?.columns.filter(
    ({ checksum, serverChecksum }) => checksum !== serverChecksum,
  );
  expect(wrong?.map(({ name }) => name)).toEqual(['(whole rows)']);
});

test('a plan that no longer fits is refused', async () => {
  const { engine } = await openWith('create table t as select 1 as a');
  const { fingerprint } = await engine.promote.plan({ target: 'prod' });
  await engine.query.run({ text: 'insert into t (a) values (2)' });
  await expect(engine.promote.apply({ target: 'prod', fingerprint })).rejects.toMatchObject({
    problem: { code: 'bad_input', message: expect.stringContaining('changed') },
  });
});

test('two promotions at once do not meet', async () => {
  const { engine, ask: onServer } = await openWith('create table t as select 1 as a');
  const client = new pg.Client({
    host: server.host,
    port: server.port,
    user: server.user,
    database: `d${databases}`,
  });
  await client.connect();
  onTestFinished(() => client.end());
  await client.query(`select pg_advisory_lock(hashtextextended('assay promotion', 0))`);
  await expect(engine.promote.apply({ target: 'prod' })).rejects.toMatchObject({
    problem: { code: 'locked' },
  });
  expect(await onServer(`select to_regclass('t') as t`)).toEqual([{ t: null }]);
});

test('a connection lost half-way is taken up again: nothing is doubled, nothing is left behind', async () => {
  const { engine, ask: onServer } = await openWith(
    `create table big as select n as a, repeat('x', 200) as b from generate_series(1, 60000) n`,
  );
  let cut = 0;
  const receipt = await engine.promote.apply(
    { target: 'prod' },
    {
      onProgress: ({ done, title }) => {
        if (!title?.startsWith('Sending') || done === 0 || cut > 0) return;
        cut++;
        void onServer(
          `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'assay'`,
        );
      },
    },
  );
  expect([cut, receipt.status, receipt.tables[0]?.serverRows]).toEqual([1, 'verified', 60_000]);
  expect(await onServer('select count(*)::int as n from big')).toEqual([{ n: 60_000 }]);
  expect(await onServer(`select nspname from pg_namespace where nspname like 'assay_staging%'`)).toEqual([]);
});

test('cancelled half-way, the server is as it was', async () => {
  const { engine, ask: onServer } = await openWith(
    `create table big as select n as a, repeat('x', 200) as b from generate_series(1, 200000) n`,
  );
  const abort = new AbortController();
  const cancelled = engine.promote.apply(
    { target: 'prod' },
    { signal: abort.signal, onProgress: ({ done }) => done > 0 && abort.abort() },
  );
  await expect(cancelled).rejects.toMatchObject({ problem: { code: 'cancelled' } });
  expect(await onServer(`select to_regclass('big') as t`)).toEqual([{ t: null }]);
});

test('failing checks stop it unless accepted, and count the same rows on both sides', async () => {
  const { engine } = await openWith(
    `create table people as select * from (values (1, 'a'), (1, null), (3, 'c')) as p(id, name)`,
  );
  await engine.checks.save({
    table: 'people',
    rules: [
      { id: 'name-there', kind: 'not_null', params: { column: 'name' } },
      { id: 'id-once', kind: 'unique', params: { columns: ['id'] } },
      { id: 'gone', kind: 'not_null', params: { column: 'nick' } },
    ],
  });
  await engine.checks.run({});
  expect((await engine.promote.plan({ target: 'prod' })).gates.map(({ check }) => check)).toEqual([
    'gone',
    'id-once',
    'name-there',
  ]);
  await expect(engine.promote.apply({ target: 'prod' })).rejects.toMatchObject({
    problem: { code: 'bad_input', message: expect.stringContaining('3 checks stop') },
  });
  const receipt = await engine.promote.apply({ target: 'prod', acceptFailing: true });
  expect(receipt.tables[0]).toMatchObject({
    checksEqual: false,
    checks: [
      { check: 'name-there', badRows: 1, serverBadRows: 1 },
      { check: 'id-once', badRows: 2, serverBadRows: 2 },
      { check: 'gone', badRows: null, serverBadRows: null, why: 'The table "people" has no column "nick".' },
    ],
  });
  expect(receipt.accepted?.map(({ table, check, verdict }) => [table, check, verdict])).toEqual([
    ['people', 'gone', 'error'],
    ['people', 'id-once', 'fail'],
    ['people', 'name-there', 'fail'],
  ]);
  expect(await engine.promote.receipts({})).toEqual([receipt]);
});

test('a folder is a target like a server', async () => {
  const { engine, dir } = await openWith(everyType);
  const folder = join(dir, '..', `${dir.split('/').at(-1)}-rehearsal`);
  await engine.workspace.saveTarget({ target: { name: 'rehearsal', kind: 'workspace', folder } });
  expect((await engine.promote.plan({ target: 'rehearsal' })).changes).toHaveLength(3);
  await engine.promote.probe({ target: 'rehearsal' });
  expect(existsSync(folder)).toBe(false);
  const receipt = await engine.promote.apply({ target: 'rehearsal' });
  expect(receipt.status).toBe('verified');
  const there = await openTestEngine(folder);
  expect((await there.engine.tables.list({})).map(({ name, rows }) => [name, rows])).toEqual([
    ['empty_one', 0],
    ['many', 30_000],
    ['odd "; name', 2],
  ]);
});

test.each([
  [{ port: 1 }, /ECONNREFUSED/, /running/],
  [{ database: 'nowhere' }, /does not exist/, /Create the database/],
  [{ tls: 'require' as const }, /SSL/, /TLS/],
])('a server out of reach says so: %o', async (wrong, message, hint) => {
  const { engine } = await openWith('create table t as select 1 as a');
  const [target] = (await engine.workspace.info({})).targets;
  await engine.workspace.saveTarget({ target: { ...(target as NonNullable<typeof target>), ...wrong } });
  await expect(engine.promote.plan({ target: 'prod' })).rejects.toMatchObject({
    problem: {
      code: 'server_failed',
      message: expect.stringMatching(message),
      hint: expect.stringMatching(hint),
    },
  });
});

test('an unknown target is named with those that are known', async () => {
  const { engine } = await openTestEngine(await scratchFolder());
  await expect(engine.promote.plan({ target: 'x' })).rejects.toMatchObject({
    problem: { code: 'not_found', hint: expect.stringContaining('none yet') },
  });
});

test('a collection goes beside the table whose name it has, and not where what it holds is masked', async () => {
  const {
    engine,
    target,
    ask: onServer,
  } = await openWith(
    `create table tickets as select n as id, 'ticket ' || n || ' about a lamp' as body from generate_series(1, 3) n`,
  );
  await engine.search.embed({ table: 'tickets', columns: ['body'] });
  await engine.search.setIndex({ collection: 'tickets', kind: 'bitlists' });
  const receipt = await engine.promote.apply({ target: 'prod' });
  expect(receipt.tables.map(({ kind, table, serverRows }) => [kind, table, serverRows])).toEqual([
    ['table', 'tickets', 3],
    ['collection', 'tickets', 3],
  ]);
  expect(receipt.status).toBe('verified');
  expect(await onServer('select vector_dims(embedding) as n from collections.tickets limit 1')).toEqual([
    { n: 384 },
  ]);
  const indexes = `select indexdef from pg_indexes where schemaname = 'collections' and indexdef not like '%UNIQUE%' order by 1`;
  const made = (await onServer(indexes)).map(({ indexdef }) => String(indexdef).replace(/^.* USING /, ''));
  expect(made.sort()).toEqual([
    'btree (model, model_version)',
    'btree (source_row)',
    'gin (metadata jsonb_path_ops)',
    "gin (to_tsvector('english'::regconfig, content))",
    "ivfflat (((binary_quantize(embedding))::bit(384)) bit_hamming_ops) WITH (lists='10')",
  ]);
  await engine.promote.apply({ target: 'prod', acceptDestructive: true });
  expect(await onServer(indexes)).toHaveLength(5);
  const large = { id: 'large', kind: 'range', params: { column: 'id', min: '5', max: '' } };
  await engine.checks.save({ table: 'tickets', rules: [large] });
  expect((await engine.promote.plan({ target: 'prod', collections: ['tickets'] })).gates).toHaveLength(1);
  await engine.workspace.saveTarget({
    target: { ...target, tables: { tickets: { private: { body: 'mask' } } } },
  });
  expect((await engine.promote.plan({ target: 'prod' })).undecided).toEqual([
    { table: 'tickets', column: 'body', collection: 'tickets' },
  ]);
  await expect(
    engine.promote.apply({ target: 'prod', acceptDestructive: true, acceptFailing: true }),
  ).rejects.toThrow('The collection "tickets" holds text of tickets.body');
  const alone = { target: 'prod', tables: ['tickets'], collections: [] };
  expect((await engine.promote.plan(alone)).plain.map(({ says }) => says)).toEqual([
    expect.stringContaining('tickets: the version that is replaced now and 1 version kept there hold body'),
    expect.stringMatching(
      /^collections.tickets: 1 version kept there holds body.* The collection collections.tickets stands there with the text of body/,
    ),
  ]);
  const { notes } = await engine.promote.apply({
    ...{ ...alone, acceptDestructive: true, acceptFailing: true, plainVersions: 'drop' },
  });
  expect(notes.slice(1)).toEqual([
    '2 versions of tickets that held body as it was were let go.',
    '1 version of collections.tickets that held body as it was was let go.',
    'Accepted: the collection collections.tickets stays there with the text of body as it was.',
  ]);
  expect(
    await onServer(`select schemaname as s from pg_tables where tablename = 'tickets' order by 1`),
  ).toEqual([{ s: 'collections' }, { s: 'public' }]);
});
