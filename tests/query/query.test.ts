import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Engine } from '../../shared/contract/index.ts';
import { openTestEngine } from '../open-test-engine.ts';
import { cells } from '../tables/arrow-rows.ts';

const names = async (engine: Engine) =>
  (await engine.tables.list({})).map(({ name, rows, version }) => [name, rows, version]);

const failure = async (call: Promise<unknown>) => {
  const thrown = await call.then(
    () => undefined,
    (error: { problem: unknown }) => error.problem,
  );
  return thrown as { code: string; message: string; at?: { position?: number; line?: number } };
};

test('statements run in order, each with its own result', async () => {
  const { engine } = await openTestEngine();
  const results = await engine.query.run({
    text: `create table t (a int, b text); -- a comment; with a semicolon
      insert into t values (1, 'x;y'), (2, null);
      select a, b from t order by a desc;
      update t set b = 'z' where a = 2 returning a, b;`,
  });
  expect(results.map(({ command, rows, more }) => [command, rows, more])).toEqual([
    ['CREATE TABLE', 0, false],
    ['INSERT', 2, false],
    ['SELECT', 2, false],
    ['UPDATE', 1, false],
  ]);
  expect(cells(results[2]?.bytes)).toEqual([
    [2, null],
    [1, 'x;y'],
  ]);
  expect(cells(results[3]?.bytes)).toEqual([['2', 'z']]);
});

test('rows beyond the limit are announced, not sent', async () => {
  const { engine } = await openTestEngine();
  const [result] = await engine.query.run({ text: 'select g from generate_series(1, 50) g', limit: 10 });
  expect(result).toMatchObject({ rows: 10, more: true });
  expect(cells(result?.bytes).at(-1)).toEqual([10]);
});

test('an error is placed in the whole text, also after characters of two units', async () => {
  const { engine } = await openTestEngine();
  const text = "select '😀';\nselect '😀', nothing from nowhere";
  const { code, at } = await failure(engine.query.run({ text }));
  expect(code).toBe('sql_failed');
  expect(at).toMatchObject({ position: text.indexOf('nowhere') + 1, line: 2 });
});

test('an error undoes all statements', async () => {
  const { engine } = await openTestEngine();
  const failed = await failure(
    engine.query.run({ text: 'create table t (a int); insert into t values (1); select 1/0' }),
  );
  expect(failed).toMatchObject({ code: 'sql_failed', message: 'division by zero', at: { line: 1 } });
  expect(await names(engine)).toEqual([]);
});

test('the catalog follows what statements do to tables', async () => {
  const { engine, events } = await openTestEngine();
  const run = (text: string) => engine.query.run({ text });
  await run('create table a as select g as x from generate_series(1, 3) g; create table b (y int)');
  expect(await names(engine)).toEqual([
    ['a', 3, 1],
    ['b', 0, 1],
  ]);
  await run('insert into a (x) values (4), (5)');
  expect(await names(engine)).toEqual([
    ['a', 5, 2],
    ['b', 0, 1],
  ]);
  await run('with gone as (delete from a where x = 1 returning x) select count(*) from gone');
  expect(await names(engine)).toEqual([
    ['a', 4, 3],
    ['b', 0, 1],
  ]);
  await run('truncate a');
  expect(await names(engine)).toEqual([
    ['a', 0, 4],
    ['b', 0, 1],
  ]);
  await run('alter table a rename to c; alter table b add column z int');
  expect(await names(engine)).toEqual([
    ['b', 0, 2],
    ['c', 0, 4],
  ]);
  await run('drop table b');
  expect(await names(engine)).toEqual([['c', 0, 4]]);
  await run('select * into d from c');
  expect(await names(engine)).toEqual([
    ['c', 0, 4],
    ['d', 0, 1],
  ]);
  expect(events.filter((event) => event.event === 'changed' && event.room === 'tables')).toHaveLength(7);
  await run('select 1');
  expect(events.filter((event) => event.event === 'changed' && event.room === 'tables')).toHaveLength(7);
});

test('a function that writes is noticed though it is called by SELECT', async () => {
  const { engine } = await openTestEngine();
  await engine.query.run({
    text: `create table t (a int); create function add() returns void language sql as 'insert into t (a) values (1)'`,
  });
  await engine.query.run({ text: 'select add()' });
  expect((await names(engine))[0]?.slice(0, 2)).toEqual(['t', 1]);
});

test('rows get addresses of their own, whatever was copied', async () => {
  const { engine } = await openTestEngine();
  await engine.query.run({ text: 'create table t as select g as x from generate_series(1, 3) g' });
  await engine.query.run({
    text: 'create table twice as select t.* from t cross join (values (1), (2)) v(n)',
  });
  await engine.query.run({ text: 'insert into twice (x) values (9)' });
  const source = { of: 'table', table: 'twice' } as const;
  const { bytes } = await engine.tables.page({ source, offset: 0, limit: 10 });
  const rows = cells(bytes).map(([row]) => row);
  expect(new Set(rows).size).toBe(7);
  expect(rows).not.toContain(null);
});

test('rows may be inserted without an address where a table has no default for it', async () => {
  const { dir, close } = await openTestEngine();
  await close();
  const { openWorkspace } = await import('../../electron/engine/workspace/workspace.ts');
  const workspace = await openWorkspace({ dir });
  await workspace.database.script(
    `create table imported (_row bigint primary key, x text); insert into imported values (1, 'a'), (2, 'b');
     insert into assay.tables (name, origin, row_count) values ('imported', 'import', 2)`,
  );
  await workspace.close();
  const again = await openTestEngine(dir);
  const run = (text: string) => again.engine.query.run({ text });
  await run(`insert into imported (x) values ('c')`);
  await run(`insert into imported values (7, 'g')`);
  await run(`delete from imported where x = 'c'; insert into imported (x) values ('h')`);
  const [all] = await run('select _row, x from imported order by _row');
  expect(cells(all?.bytes)).toEqual([
    [1n, 'a'],
    [2n, 'b'],
    [7n, 'g'],
    [8n, 'h'],
  ]);
});

test('settings last for one run', async () => {
  const { engine } = await openTestEngine();
  await engine.query.run({ text: `set timezone = 'Asia/Tokyo'; set search_path = nowhere` });
  const [zone] = await engine.query.run({ text: 'show timezone' });
  expect(cells(zone?.bytes)[0]).not.toEqual(['Asia/Tokyo']);
  await engine.query.run({ text: 'create table t (a int)' });
  expect(await names(engine)).toEqual([['t', 0, 1]]);
});

test("Assay's own records are not the analyst's to change", async () => {
  const { engine } = await openTestEngine();
  await engine.query.run({ text: 'create table t (a int)' });
  for (const text of ['delete from assay.tables', 'drop schema assay cascade', 'truncate assay.tables']) {
    expect(await failure(engine.query.run({ text }))).toMatchObject({
      code: expect.stringMatching(/bad_input|sql_failed/),
    });
  }
  expect(await names(engine)).toEqual([['t', 0, 1]]);
});

test('transactions are not the text’s business; what needs none runs alone', async () => {
  const { engine } = await openTestEngine();
  expect(await failure(engine.query.run({ text: 'select 1; begin' }))).toMatchObject({
    code: 'bad_input',
    at: { position: 11 },
  });
  expect(await failure(engine.query.run({ text: "copy (select 1) to program 'true'" }))).toMatchObject({
    code: 'bad_input',
    at: { position: 1 },
  });
  expect(await failure(engine.query.run({ text: 'select 1;\nselect totl' }))).toMatchObject({
    code: 'sql_failed',
    at: { line: 2, character: 8, position: 18 },
  });
  expect(await engine.query.run({ text: 'vacuum' })).toMatchObject([{ command: 'VACUUM' }]);
  expect(await failure(engine.query.run({ text: ' -- nothing\n' }))).toMatchObject({ code: 'bad_input' });
  expect(await failure(engine.query.run({ text: "select 'open" }))).toMatchObject({
    code: 'bad_input',
    at: { position: 8 },
  });
});

test('cancel stops a query, keeps nothing of it and says so', async () => {
  const { engine } = await openTestEngine();
  await engine.query.run({ text: 'create table t (a int)' });
  const abort = new AbortController();
  const long = engine.query.run(
    { text: 'insert into t (a) select 1; insert into t (a) select g from generate_series(1, 100000000) g' },
    { signal: abort.signal },
  );
  setTimeout(() => abort.abort(), 500);
  expect(await failure(long)).toMatchObject({
    code: 'cancelled',
    message: expect.stringMatching(/opened again/),
  });
  const [count] = await engine.query.run({ text: 'select count(*)::int from t' });
  expect(cells(count?.bytes)).toEqual([[0]]);
}, 30_000);

test('queries are text files', async () => {
  const { engine, dir } = await openTestEngine();
  const saved = await engine.query.save({ name: 'top customers', text: 'select 1\n' });
  expect(saved).toMatchObject({ name: 'top customers', text: 'select 1\n' });
  await engine.query.save({ name: 'another', text: 'select 2' });
  expect(await readFile(join(dir, 'queries', 'top customers.sql'), 'utf8')).toBe('select 1\n');
  expect((await engine.query.list({})).map(({ name }) => name)).toEqual(['another', 'top customers']);
  expect(await failure(engine.query.rename({ name: 'another', to: 'top customers' }))).toMatchObject({
    code: 'bad_input',
  });
  await engine.query.rename({ name: 'another', to: 'Another' });
  await engine.query.remove({ name: 'top customers' });
  expect(await readdir(join(dir, 'queries'))).toEqual(['Another.sql']);
  for (const name of ['../x', 'a/b', 'a\\b', '.hidden', 'con', 'x ', 'é'.repeat(150)]) {
    expect(await failure(engine.query.save({ name, text: '' }))).toMatchObject({ code: 'bad_input' });
  }
  expect(await failure(engine.query.remove({ name: 'nobody' }))).toMatchObject({ code: 'not_found' });
});

test('the word concurrently opens no way around the guard of schema assay', async () => {
  const { engine } = await openTestEngine();
  await engine.query.run({ text: 'create table t (a int)' });
  for (const text of [
    'delete from assay.tables returning 1 as concurrently',
    'delete from assay.tables -- create index concurrently',
  ]) {
    expect(await failure(engine.query.run({ text }))).toMatchObject({ code: 'bad_input' });
  }
  expect(await names(engine)).toEqual([['t', 0, 1]]);
  for (const text of [
    'create unique index concurrently i on t (a)',
    'reindex (verbose) table concurrently t',
    'reindex (concurrently) index i',
    'drop /* now */ index CONCURRENTLY i',
  ]) {
    await engine.query.run({ text });
  }
});

test('the limit holds whatever words the text has', async () => {
  const { engine } = await openTestEngine();
  await engine.query.run({
    text: 'create table t as select g as "update", g as delete from generate_series(1, 50) g',
  });
  for (const text of [
    'select * from t for update',
    'select update, delete from t',
    'select (update) as into from t',
    'with q as materialized (select update from t) select * from q',
    'update t set update = 1 returning *',
    'with q as (update t set delete = 2 returning *) select * from q',
    'with q as (with r as (select 1) delete from t returning *) select * from q',
  ]) {
    const [result] = await engine.query.run({ text, limit: 10 });
    expect([text, result?.rows, result?.more]).toEqual([text, 10, true]);
    expect(cells(result?.bytes)).toHaveLength(10);
  }
});

test('a folder of queries that cannot be read is not an empty one', async () => {
  const { engine, dir } = await openTestEngine();
  expect(await engine.query.list({})).toEqual([]);
  await writeFile(join(dir, 'queries'), 'a file in the folder’s place');
  expect(await failure(engine.query.list({}))).toMatchObject({ code: 'disk' });
});
