import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sharedTestEngine } from '../open-test-engine.ts';
import { cells } from '../tables/arrow-rows.ts';

const shared = sharedTestEngine();

const run = (text: string, writing: 'no' | 'undoable' | 'free' = 'undoable', values = {}) =>
  shared().engine.query.run({ text, writing, values });
const rows = async (text: string) => cells((await run(text, 'no'))[0]?.bytes);
const refusal = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (thrown: { problem: { message: string; hint?: string; at?: object } }) => thrown.problem,
  );
const undo = () => shared().engine.query.undo({});
const state = () => shared().engine.query.undoState({});

test('what only reads cannot write, whatever way it tries', async () => {
  await run('create table kept (a int); insert into kept values (1)', 'free');
  await run(
    `create function sneak() returns int language sql as 'insert into kept values (9) returning a'`,
    'free',
  );
  for (const text of [
    'delete from kept',
    'with gone as (delete from kept returning a) select * from gone',
    'select sneak()',
    'create table other (a int)',
    'select 1; set transaction read write; delete from kept',
    'explain analyze delete from kept',
  ])
    expect((await refusal(run(text, 'no')))?.message).toMatch(/read-only transaction|read-write mode/);
  expect((await refusal(run('update kept set a = 2', 'no')))?.hint).toBe(
    'Queries only read until writing is switched on.',
  );
  for (const made of ['create table made as select 1', 'create materialized view made as select 1'])
    expect((await refusal(run(`savepoint s; explain analyze ${made}`, 'no')))?.message).toMatch(/only reads/);
  expect(await rows(`select to_regclass('made')::text`)).toEqual([[null]]);
  expect((await refusal(run('vacuum kept', 'no')))?.message).toMatch(/outside of transactions/);
  expect(await rows('select a from kept')).toEqual([[1]]);
  expect(await state()).toMatchObject({ possible: false });
});

test('the last write is undone row by row, every type as it was', async () => {
  await run(
    `create table many (id int primary key, n numeric, f double precision, t text, b bytea, at timestamptz, j jsonb, l int[], v vector(2),
       twice int generated always as (id * 2) stored);
     insert into many (id, n, f, t, b, at, j, l, v) values
       (1, 1.50, 'NaN', E'a "quoted", \\\\ (text)\\n', '\\x00ff', '2024-02-29 23:59:59.123456+02', '{"a": [1, null]}', '{1,null}', '[1,2.5]'),
       (2, 'NaN', 0.1, '', null, 'infinity', null, '{}', null),
       (3, null, null, null, null, null, null, null, null)`,
    'free',
  );
  const all = 'select _row, many::text from many order by id';
  const before = await rows(all);
  await run(`update many set t = 'x' where id = 1; update many set t = 'y', n = 0 where id < 3; delete from many where id = 3;
    insert into many (id) values (4), (5); update many set t = 'z' where id = 4; delete from many where id = 5`);
  expect(await state()).toMatchObject({
    possible: true,
    says: '5 rows of many become what they were',
  });
  await undo();
  expect(await rows(all)).toEqual(before);
  expect(await state()).toMatchObject({ possible: false, says: 'There is no write that can be undone.' });
  await run('truncate many');
  await undo();
  expect(await rows(all)).toEqual(before);
  await run("update many set t = 'q' where id = 1");
  expect((await undo()).says).toBe('1 row of many becomes what it was');
  await run(
    'merge into many m using (values (2), (7)) as s(id) on m.id = s.id when matched then delete when not matched then insert (id) values (s.id)',
  );
  await undo();
  expect(await rows(all)).toEqual(before);
});

test('what cascades, what a trigger changes and what is made anew is undone with it', async () => {
  await run(
    `create table parents (id int primary key); create table children (parent int references parents on delete cascade, note text);
     create table log (says text);
     create function tell() returns trigger language plpgsql as $$ begin insert into log values ('gone'); return null; end $$;
     create trigger told after delete on children for each row execute function tell();
     insert into parents values (1), (2); insert into children values (1, 'a'), (1, 'b'), (2, 'c')`,
    'free',
  );
  await run(
    'delete from parents where id = 1; create table fresh as select * from children; create view seen as select 1 as one',
  );
  expect(await rows('select count(*) from children')).toEqual([[1n]]);
  expect(await state()).toMatchObject({
    says: '2 rows of children, 2 rows of log, 1 row of parents become what they were; the table fresh goes away; the view seen goes away',
  });
  await undo();
  expect(await rows('select parent, note from children order by note')).toEqual([
    [1, 'a'],
    [1, 'b'],
    [2, 'c'],
  ]);
  expect(await rows('select count(*) from log')).toEqual([[0n]]);
  expect(await rows(`select to_regclass('fresh')::text, to_regclass('seen')::text`)).toEqual([[null, null]]);
  const { engine } = shared();
  expect((await engine.tables.list({})).map(({ name }) => name)).not.toContain('fresh');
});

test('what was made stays where it was filled since, or where its name is that of another', async () => {
  const { engine, dir } = shared();
  const path = join(dir, 'more.csv');
  await writeFile(path, 'a\n2\n');
  await run('create table made as select 1 as a');
  await engine.import.load({ path, table: 'made', mode: 'append' });
  const says = 'made changed after the write; undoing would lose that.';
  expect(await state()).toMatchObject({ possible: false, says });
  expect((await refusal(undo()))?.message).toContain(says);
  await run('create table other as select 1 as a');
  await engine.tables.drop({ table: 'other' });
  expect(await state()).toMatchObject({ possible: true });
  await engine.import.load({ path, table: 'other', mode: 'create' });
  expect(await state()).toMatchObject({ possible: false });
  await run('create table third as select 1 as a');
  await engine.tables.rename({ table: 'third', to: 'fourth' });
  expect(await state()).toMatchObject({ possible: false });
  expect(await rows('select (select count(*) from made), (select count(*) from other)')).toEqual([[2n, 1n]]);
});

test('what cannot be undone is refused unless told, and then there is nothing to undo', async () => {
  await run('create table doomed (a int); insert into doomed values (1)');
  const refused = await refusal(run('select 1; drop table doomed'));
  expect(refused).toMatchObject({
    message: 'DROP TABLE cannot be undone.',
    at: { param: 'undo', position: 11 },
  });
  expect(await state()).toMatchObject({ possible: true });
  await run('drop table doomed', 'free');
  expect(await state()).toMatchObject({ possible: false });
});

test('a write to what is not recorded is refused unless told', async () => {
  const parted = 'create table parted (a int) partition by range (a)';
  await run(
    `create schema apart; create table apart.t (a int); ${parted}; create table rest partition of parted default`,
    'free',
  );
  await run('create table whole (a int); insert into whole values (1)');
  for (const [name, text] of [
    ['t', 'insert into whole values (2); insert into apart.t values (1)'],
    ['rest', 'insert into parted values (1)'],
    ['u', 'create table apart.u as select 1 as a'],
    ['parts', 'create table parts (a int) partition by range (a)'],
  ] as const)
    expect(await refusal(run(text))).toMatchObject({
      message: `A write to "${name}" cannot be undone.`,
      at: { param: 'undo' },
    });
  expect(await rows('select a from whole')).toEqual([[1]]);
  expect(await state()).toMatchObject({ possible: true });
  await run('insert into apart.t values (1); insert into parted values (1)', 'free');
  await run('drop table parted; drop schema apart cascade', 'free');
});

test('what would be undone by half is refused', async () => {
  await run('create table halved (a int); insert into halved values (1), (2)', 'free');
  const hidden = "select set_config('session_replication_role', 'replica', true)";
  const text = `update halved set a = 3 where a = 1; ${hidden}; update halved set a = 3`;
  expect(await refusal(run(text))).toMatchObject({
    message: expect.stringMatching(/not seen/),
    at: { param: 'undo', position: 38 },
  });
  await run(text, 'free');
  expect(await rows('select distinct a from halved')).toEqual([[3]]);
});

test('a table that changed after the write keeps what changed', async () => {
  await run('create table moved (a int)', 'free');
  await run('insert into moved values (1)');
  await run('insert into moved values (2)', 'free');
  await run('create table aside (a int)');
  await run('insert into moved values (3)');
  await shared().engine.tables.rename({ table: 'moved', to: 'moved on' });
  expect(await state()).toMatchObject({
    possible: false,
    says: expect.stringMatching(/moved changed after the write/),
  });
  expect((await refusal(undo()))?.message).toMatch(/cannot be undone/);
  expect(await rows('select count(*) from "moved on"')).toEqual([[3n]]);
});

test('a failed write leaves the undo of the one before it', async () => {
  await run('create table steady (a int)', 'free');
  await run('insert into steady values (1)');
  expect(await refusal(run('insert into steady values (2); select 1 / 0'))).toBeDefined();
  await undo();
  expect(await rows('select * from steady')).toEqual([]);
  expect(await rows(`select count(*) from pg_trigger where tgname like 'zz_assay%'`)).toEqual([[0n]]);
});

test('parameters have the types that PostgreSQL infers, and errors stay in their place', async () => {
  const { engine } = shared();
  const text = `select g, :word::text || :n from generate_series(1, :n) g where g >= :low and '2024-01-01'::date < :day -- :no`;
  expect(await engine.query.parameters({ text })).toEqual([
    { name: 'word', type: 'text' },
    { name: 'n', type: 'integer' },
    { name: 'low', type: 'integer' },
    { name: 'day', type: 'date' },
  ]);
  expect(
    await engine.query.parameters({ text: 'select :any as a, 1 + :n as b, :day > current_date' }),
  ).toEqual([
    { name: 'any', type: 'text' },
    { name: 'n', type: 'integer' },
    { name: 'day', type: 'date' },
  ]);
  const values = { word: "it's :n", n: '3', low: '2', day: '2025-01-01' };
  expect(cells((await run(text, 'no', values))[0]?.bytes)).toEqual([
    [2, "it's :n3"],
    [3, "it's :n3"],
  ]);
  expect(
    cells((await run('select :x::int is null, (array[1,2,3])[1:2]', 'no', { x: null }))[0]?.bytes),
  ).toEqual([[true, '{1,2}']]);
  const later = 'create temp table late as select 1 as n; select n from late where n = :a';
  expect(cells((await run(later, 'free', { a: '1' }))[1]?.bytes)).toEqual([[1]]);
  const list = 'select array[[:a::int], [:b + 1]], array[(array[7, 8, 9])[1:2], array [:a, :b]]';
  expect(cells((await run(list, 'no', { a: '1', b: '2' }))[0]?.bytes)).toEqual([
    ['{{1},{3}}', '{{7,8},{1,2}}'],
  ]);
  const late = 'select :long_name_of_a_parameter::int,\n  nothing';
  const failed = await refusal(run(late, 'no', { long_name_of_a_parameter: '1' }));
  expect(failed?.at).toMatchObject({ line: 2, position: late.indexOf('nothing') + 1 });
  expect(await refusal(run('select :gone', 'no'))).toMatchObject({
    message: 'The parameter :gone has no value.',
  });
});

test('history has every text once, as it was run last, and is searched', async () => {
  const { engine } = shared();
  await run('select 41 as remembered', 'no');
  await run('select 42 as remembered', 'no');
  await refusal(run('select 42 as remembered, nope', 'no'));
  await run('select 41 as remembered', 'no');
  const found = await engine.query.history({ search: 'REMEMBERED 4' });
  expect(found.map(({ text, outcome, rows: n, message }) => [text, outcome, n ?? message])).toEqual([
    ['select 41 as remembered', 'done', 1],
    ['select 42 as remembered, nope', 'failed', 'column "nope" does not exist'],
    ['select 42 as remembered', 'done', 1],
  ]);
});

test('the name of WITH or the subselect under the cursor is run by itself', async () => {
  const { engine } = shared();
  const preview = async (marked: string) => {
    const found = await engine.query.preview({ text: marked.replace('|', ''), at: marked.indexOf('|') });
    return found && [found.title, cells(found.result.bytes), found.sampled];
  };
  const text = 'with a as (select 1 as x), b(y) as (select x + 1 from a) select * from b';
  expect(await preview(text.replace('select x', 'sel|ect x'))).toEqual(['b', [[2]], []]);
  expect(await preview(text.replace('1 as', '1| as'))).toEqual(['a', [[1]], []]);
  expect(await preview(text.replace('* from b', '* fr|om b'))).toBeNull();
  expect(await preview('with a as (select 3 as x) select * from (select x * 2 as z f|rom a) q')).toEqual([
    'subselect',
    [[6]],
    [],
  ]);
  expect(
    await preview(
      'with recursive t(n) as (values (1) union all select n + 1 from t wh|ere n < 3) select * from t',
    ),
  ).toEqual(['t', [[1], [2], [3]], []]);
  await expect(preview('select * from (select 1 as x) a, lateral (select a.x| + 1) b')).rejects.toMatchObject(
    {
      problem: { code: 'sql_failed', hint: expect.stringMatching(/cannot be previewed alone/) },
    },
  );
});

test('a large table is previewed on a sample, and that is said', async () => {
  const { engine } = shared();
  await run('create table large as select g as n from generate_series(1, 210000) g', 'free');
  const text = 'with x as (select count(*) as counted from large) select * from x';
  const found = await engine.query.preview({ text, at: 20 });
  expect(found?.sampled).toEqual([{ table: 'large', rows: 100_000, of: 210_000 }]);
  const [[counted]] = cells(found?.result.bytes) as [[bigint]];
  expect(Number(counted)).toBeGreaterThan(50_000);
  expect(Number(counted)).toBeLessThan(180_000);
});

test('a temporary table does not hide a table from what reads that', async () => {
  await run('create table plain (a int); insert into plain values (1), (2)', 'free');
  await run('create temp table aside_of as select * from plain where a = 1');
  expect(await rows('select a from aside_of')).toEqual([[1]]);
  for (const writing of ['undoable', 'free'] as const) {
    for (const text of [
      'create temp table plain as select 9 as a',
      'select 9 as a into temp plain',
      'create table aside_of ()',
    ])
      expect((await refusal(run(text, writing)))?.message).toMatch(/would hide the table/);
  }
  expect(await rows('select a from plain order by a')).toEqual([[1], [2]]);
});
