import { beforeEach, expect, test } from 'vitest';
import { sharedTestEngine } from '../open-test-engine.ts';
import { cells } from './arrow-rows.ts';

const shared = sharedTestEngine();

beforeEach(async () => {
  const { query, tables } = shared().engine;
  for (const { name } of await tables.list({})) await tables.drop({ table: name, evenIfUsed: true });
  await query.run({ text: made });
});

const made = `create table orders (id int, status text, amount numeric(10,2));
  insert into orders values (1, 'paid', 10.50), (2, 'sent', 20.00), (3, 'paid', null);
  create view paid as select * from orders where status = 'paid';
  create materialized view totals as select status, count(*) as n from orders group by status order by status;
  create view "paid; of ""paid""" as select id from paid`;

const run = (text: string) => shared().engine.query.run({ text });

async function rowsOf(table: string, sort: { column: string; descending: boolean }[] = []) {
  const source = { of: 'table' as const, table, view: { sort, filters: [] } };
  return cells((await shared().engine.tables.page({ source, offset: 0, limit: 10 })).bytes);
}

test('views and materialized views are told beside the tables, without the addresses of rows', async () => {
  const { tables } = shared().engine;
  expect(await tables.views({})).toEqual([
    {
      name: 'paid',
      kind: 'view',
      columns: [
        { name: 'id', type: 'integer' },
        { name: 'status', type: 'text' },
        { name: 'amount', type: 'numeric(10,2)' },
      ],
    },
    { name: 'paid; of "paid"', kind: 'view', columns: [{ name: 'id', type: 'integer' }] },
    {
      name: 'totals',
      kind: 'materialized view',
      columns: [
        { name: 'status', type: 'text' },
        { name: 'n', type: 'bigint' },
      ],
    },
  ]);
  expect((await tables.list({})).map(({ name }) => name)).toEqual(['orders']);
});

test('a view is read, sorted, filtered and profiled like a table', async () => {
  const { tables } = shared().engine;
  expect(await tables.openView({ name: 'paid' })).toMatchObject({ name: 'paid', rows: 2 });
  expect(await rowsOf('paid')).toEqual([
    [1n, 1, 'paid', '10.50'],
    [2n, 3, 'paid', null],
  ]);
  expect(await rowsOf('paid', [{ column: 'id', descending: true }])).toEqual([
    [2n, 3, 'paid', null],
    [1n, 1, 'paid', '10.50'],
  ]);
  expect(await rowsOf('totals')).toEqual([
    [1n, 'paid', 2n],
    [2n, 'sent', 1n],
  ]);
  expect(await rowsOf('paid; of "paid"')).toEqual([
    [1n, 1],
    [2n, 3],
  ]);
  const { rows, columns } = await tables.profile({ table: 'paid' });
  expect(rows).toBe(2);
  expect(columns.map(({ name, nulls, distinct }) => [name, nulls, distinct])).toEqual([
    ['id', 0, 2],
    ['status', 0, 1],
    ['amount', 1, 1],
  ]);
});

test('a view never shows rows that were there before a write', async () => {
  expect(await rowsOf('paid; of "paid"')).toHaveLength(2);
  await run(`insert into orders values (4, 'paid', 1)`);
  expect(await rowsOf('paid; of "paid"')).toEqual([
    [1n, 1],
    [2n, 3],
    [3n, 4],
  ]);
  expect(await rowsOf('totals')).toEqual([
    [1n, 'paid', 2n],
    [2n, 'sent', 1n],
  ]);
  await run('refresh materialized view totals');
  expect(await rowsOf('totals')).toEqual([
    [1n, 'paid', 3n],
    [2n, 'sent', 1n],
  ]);
  await run(`create or replace view paid as select * from orders where status = 'sent'`);
  expect(await rowsOf('paid')).toEqual([[1n, 2, 'sent', '20.00']]);
});

test('who looks hears of views that were made and dropped', async () => {
  const { events } = shared();
  const told = async (text: string) => {
    const before = events.length;
    await run(text);
    return events.slice(before).some((event) => event.event === 'changed' && event.room === 'tables');
  };
  expect(await told('create view more as select 1 as a')).toBe(true);
  expect(await told('create or replace view more as select 2 as a')).toBe(true);
  expect(await told('drop view more')).toBe(true);
  expect(await told('select 1')).toBe(false);
});

test('what a function of one’s own reads is read anew', async () => {
  await run(`create function sent() returns bigint language sql as 'select count(*) from orders where status = ''sent''';
    create view counted as select sent() as n`);
  expect(await rowsOf('counted')).toEqual([[1n, 1n]]);
  await run(`insert into orders values (5, 'sent', 1)`);
  expect(await rowsOf('counted')).toEqual([[1n, 2n]]);
});

test('a view stays readable after a statement was cancelled', async () => {
  const { engine } = shared();
  await rowsOf('paid');
  const stop = new AbortController();
  const slow = engine.query.run({ text: 'select pg_sleep(30)' }, { signal: stop.signal });
  setTimeout(() => stop.abort(), 300);
  await expect(slow).rejects.toMatchObject({ problem: { code: 'cancelled' } });
  expect(await rowsOf('paid')).toHaveLength(2);
});

test('a view in the place of a table that was dropped is no table', async () => {
  await run('create table late as select 1 as a');
  await run('drop table late; create view late as select 2 as b');
  const { tables } = shared().engine;
  expect((await tables.list({})).map(({ name }) => name)).toEqual(['orders']);
  expect(await rowsOf('late')).toEqual([[1n, 2]]);
  await run('drop view late');
});

test('a large view is sorted and profiled from a copy of its own', async () => {
  await run(`create table many as select g as n, g % 7 as k from generate_series(1, 5000) g;
    create view evens as select n, k from many where n % 2 = 0`);
  const { tables } = shared().engine;
  const sort = [{ column: 'n', descending: true }];
  await tables.arrange({ table: 'evens', view: { sort, filters: [] } });
  expect((await rowsOf('evens', sort)).slice(0, 2)).toEqual([
    [2500n, 5000, 2],
    [2499n, 4998, 0],
  ]);
  const profile = await tables.profile({ table: 'evens', columns: ['k'] });
  expect(profile.columns[0]).toMatchObject({ distinct: 7, nulls: 0 });
  await run('delete from many where n > 10');
  expect((await rowsOf('evens', sort)).map((row) => row[1])).toEqual([10, 8, 6, 4, 2]);
});
