import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { connectServer } from '../../electron/engine/promote/connection/server-session.ts';
import { connectWorkspace } from '../../electron/engine/promote/connection/workspace-session.ts';
import { openTestEngine, scratchFolder } from '../open-test-engine.ts';
import { startPostgres, type TestPostgres } from '../postgres/start-postgres.ts';
import { openTarget } from './open-target.ts';

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

const refused = (words: string) => ({ problem: { message: expect.stringContaining(words) } });

test("another workspace's promotion is not rolled back, a table that is gone is named, and twice is refused", async () => {
  const { engine, target, ask } = await openTarget(server, 'create table t as select 1 as a');
  await engine.promote.apply({ target: 'prod' });
  const other = await openTestEngine();
  await other.engine.workspace.saveTarget({ target });
  await other.engine.query.run({ text: 'create table t as select 2 as a' });
  await other.engine.promote.apply({ target: 'prod', acceptDestructive: true });
  await expect(engine.promote.rollback({ target: 'prod' })).rejects.toMatchObject(
    refused('t was promoted again since'),
  );
  expect(await ask('select a from t')).toEqual([{ a: 2 }]);
  await ask('alter table t rename to hidden');
  await expect(other.engine.promote.rollback({ target: 'prod' })).rejects.toMatchObject(
    refused('t is not on the target any more'),
  );
  await ask('alter table hidden rename to t');
  await ask('create materialized view held as select a from t');
  await expect(other.engine.promote.rollback({ target: 'prod' })).rejects.toMatchObject(
    refused('materialized view public.held'),
  );
  await ask('drop materialized view held');
  expect((await other.engine.promote.rollback({ target: 'prod' })).status).toBe('rolled back');
  expect(await ask('select a from t')).toEqual([{ a: 1 }]);
  await expect(other.engine.promote.rollback({ target: 'prod' })).rejects.toMatchObject(
    refused('Nothing was promoted'),
  );
});

test('rules never run since the table changed stop it, and so does a file of rules that cannot be read', async () => {
  const { engine, dir } = await openTarget(server, 'create table t as select 1 as a');
  await engine.checks.save({
    table: 't',
    rules: [{ id: 'there', kind: 'not_null', params: { column: 'a' } }],
  });
  await engine.checks.run({});
  await engine.query.run({ text: 'insert into t (a) values (null)' });
  expect((await engine.promote.plan({ target: 'prod' })).gates).toMatchObject([
    { table: 't', check: 'there', verdict: 'fail' },
  ]);
  // What was not evaluated is no pass here either, as it ends `assay check` with 1.
  await engine.query.run({ text: 'delete from t', writing: 'free' });
  expect((await engine.promote.plan({ target: 'prod' })).gates).toMatchObject([
    { table: 't', check: 'there', verdict: 'not evaluated', says: expect.stringContaining('no rows') },
  ]);
  await engine.query.run({ text: 'insert into t (a) values (1)' });
  expect((await engine.promote.plan({ target: 'prod' })).gates).toEqual([]);
  await engine.query.run({
    text: 'create table u as select 1 as a; create view over_t as select a from t',
    writing: 'free',
  });
  const large = [{ id: 'large', kind: 'range', params: { column: 'a', min: '5', max: '' } }];
  const reads = {
    'by a view': { sql: 'select * from over_t' },
    'of another': { sql: 'select * from u' },
    'of what is gone': { query: 'gone' },
  };
  for (const [table, of] of Object.entries(reads)) await engine.checks.save({ table, of, rules: large });
  await engine.checks.save({ table: 'over_t', rules: large });
  expect((await engine.promote.plan({ target: 'prod', tables: ['t'] })).gates).toMatchObject([
    { table: 'by a view', check: 'large', verdict: 'fail' },
    { table: 'of what is gone', check: 'large', verdict: 'error' },
    { table: 'over_t', check: 'large', verdict: 'fail' },
  ]);
  for (const table of [...Object.keys(reads), 'over_t']) await engine.checks.save({ table, rules: [] });
  await rm(join(dir, 'checks'), { recursive: true, force: true });
  await engine.query.run({ text: 'drop view over_t; drop table u', writing: 'free' });
  await mkdir(join(dir, 'checks'), { recursive: true });
  await writeFile(join(dir, 'checks', 'broken.yaml'), 'schema: [');
  expect((await engine.promote.plan({ target: 'prod' })).gates).toMatchObject([
    { table: 'broken', verdict: 'error' },
  ]);
  await expect(engine.promote.apply({ target: 'prod' })).rejects.toMatchObject(refused('1 check'));
});

test('what goes with columns that are gone is said, and what cannot be carried over is refused by name', async () => {
  const { engine, ask } = await openTarget(server, 'create table t as select 1 as a');
  await ask(`create table t (a int primary key, b int check (b > 0)); create index on t (b);
    create function first_of(t) returns int language sql as 'select $1.a'`);
  await expect(engine.promote.plan({ target: 'prod' })).rejects.toMatchObject(
    refused('function first_of(t)'),
  );
  await ask('drop function first_of(t); create materialized view m as select a from t');
  await expect(engine.promote.plan({ target: 'prod' })).rejects.toMatchObject(
    refused('materialized view public.m'),
  );
  await ask('drop materialized view m; create rule r as on delete to t do instead nothing');
  await expect(engine.promote.plan({ target: 'prod' })).rejects.toMatchObject(refused('rule r on table t'));
  await ask('drop rule r on t');
  const [change] = (await engine.promote.plan({ target: 'prod' })).changes;
  expect(change).toMatchObject({
    destructive: true,
    lost: ['column b integer', 'constraint t_b_check', 'index t_b_idx'],
  });
});

test('verify tells of columns that the target added, retyped or dropped', async () => {
  const { engine, ask } = await openTarget(server, `create table t as select 1 as a, 'x' as b`);
  await engine.promote.apply({ target: 'prod' });
  for (const change of ['add c int', 'drop c, alter a type bigint', 'alter a type int, drop b']) {
    await ask(`alter table t ${change.replaceAll(', ', `; alter table t `)}`);
    expect((await engine.promote.verify({ target: 'prod' })).status, change).toBe('differs');
  }
});

test('a rule that the target cannot evaluate stops the swap unless accepted', async () => {
  const { engine, ask } = await openTarget(
    server,
    'create table t as select 1 as a; create table other as select 1 as a',
  );
  await engine.checks.save({
    table: 't',
    rules: [
      { id: 'known', kind: 'foreign_key', params: { columns: ['a'], table: 'other', references: ['a'] } },
    ],
  });
  const wanted = { target: 'prod', tables: ['t'] };
  await expect(engine.promote.apply(wanted)).rejects.toMatchObject(
    refused('known cannot be evaluated there'),
  );
  expect(await ask(`select to_regclass('t') as t`)).toEqual([{ t: null }]);
  expect((await engine.promote.apply({ ...wanted, acceptFailing: true })).status).toBe('differs');
});

test('a workspace promoted to verifies like a server, and twice', async () => {
  const { engine, dir } = await openTarget(server, 'create table t as select 1 as a');
  await engine.checks.save({
    table: 't',
    rules: [{ id: 'there', kind: 'not_null', params: { column: 'a' } }],
  });
  const tables = { t: { mod: 'merge', partition: { by: 'a', every: 'day' as const } }, tee: {} };
  await engine.workspace.saveTarget({
    target: { name: 'rehearsal', kind: 'workspace', folder: join(dir, 'rehearsal'), tables },
  });
  await engine.promote.apply({ target: 'rehearsal' });
  expect((await engine.promote.verify({ target: 'rehearsal' })).status).toBe('verified');
  const [change, ...misspelt] = (await engine.promote.plan({ target: 'rehearsal' })).changes;
  expect(change?.says).not.toContain('Not carried over');
  expect(misspelt.map(({ object, says }) => [object, says.replace(/:.*/, '')])).toEqual([
    ['t', 'assay.yaml says "mod" of how it goes, which is not known'],
    ['t', 'In one piece'],
    ['tee', 'There is no such table here, but assay.yaml says how it goes'],
  ]);
});

test('a receipt that cannot be written leaves a promotion that is known and can be rolled back', async () => {
  const { engine, dir, ask } = await openTarget(server, 'create table t as select 1 as a');
  const folder = join(dir, 'receipts');
  await rm(folder, { recursive: true, force: true });
  await writeFile(folder, '');
  await expect(engine.promote.apply({ target: 'prod' })).rejects.toMatchObject(
    refused('The promotion is in place'),
  );
  expect(await engine.promote.receipts({})).toMatchObject([{ status: 'verified' }]);
  await rm(folder);
  expect((await engine.promote.rollback({ target: 'prod' })).status).toBe('rolled back');
  expect(await ask(`select to_regclass('t') as t`)).toEqual([{ t: null }]);
});

test('cancelled while connecting, a folder is given back and a server is left', async () => {
  const dir = await scratchFolder();
  const first = new AbortController();
  const folder = connectWorkspace({ name: 'x', kind: 'workspace', folder: 'there' }, dir, first.signal);
  first.abort();
  await expect(folder).rejects.toMatchObject({ problem: { code: 'cancelled' } });
  expect(existsSync(join(dir, 'there', '.assay', 'lock'))).toBe(false);
  const second = new AbortController();
  let left = false;
  const silent = createServer((socket: Socket) => {
    socket.on('data', () => second.abort());
    socket.on('close', () => {
      left = true;
    });
  });
  onTestFinished(() => void silent.close());
  await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
  const { port } = silent.address() as AddressInfo;
  const target = { name: 'y', kind: 'postgres', host: '127.0.0.1', port, tls: 'disable' } as const;
  await expect(connectServer(target, undefined, second.signal)).rejects.toMatchObject({
    problem: { code: 'cancelled' },
  });
  await expect.poll(() => left).toBe(true);
});

test('a password that is wanted and not given is said in plain words', async () => {
  const { host, port, user } = server;
  const admin = new pg.Client({ host, port, user, database: 'postgres' });
  await admin.connect();
  await admin.query(`create role careful login password 'secret'`);
  const { rows } = await admin.query(`select current_setting('hba_file') as file`);
  const file = String(rows[0].file);
  await writeFile(file, `host all careful all scram-sha-256\n${await readFile(file, 'utf8')}`);
  await admin.query('select pg_reload_conf()');
  await admin.end();
  const target = {
    name: 'prod',
    kind: 'postgres',
    host,
    port,
    user: 'careful',
    database: 'postgres',
  } as const;
  const connect = (password?: string) =>
    connectServer({ ...target, tls: 'disable' }, password, new AbortController().signal);
  await expect
    .poll(() => connect().then(String, ({ problem }) => problem))
    .toMatchObject({
      code: 'server_failed',
      message: expect.stringContaining('asks for a password'),
      hint: expect.stringContaining('PGPASSWORD'),
    });
  await (await connect('secret')).close();
});
