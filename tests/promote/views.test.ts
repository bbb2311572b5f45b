import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPostgres, type TestPostgres } from '../postgres/start-postgres.ts';
import { openTarget } from './open-target.ts';

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

const here = `
  create table orders as select n as id, 'c' || n % 3 as city, n * 1.50 as amount from generate_series(1, 30) n;
  create table spare as select 1 as id`;

const views = `
  create view big as select * from orders where amount > 15;
  create view cities as select city, count(*) as orders, sum(amount) as amount from big group by city;
  create materialized view totals as select city, sum(amount) as total from orders group by city;
  create view addressed as select city, max(_row) as newest from orders group by city`;

const there = `
  comment on view cities is 'kept'; comment on column cities.city is 'kept too'; create role reader; grant select on cities to reader;
  create view theirs as select sum(orders)::int as orders from cities; create index by_city on totals (city)`;

test('views, materialized views and queries go with what they read, stay over it, and come back with it', async () => {
  const { engine, ask, target, dir } = await openTarget(server, here);
  await engine.query.run({ text: views });
  await mkdir(join(dir, 'queries'), { recursive: true });
  await writeFile(
    join(dir, 'queries', 'first three.sql'),
    'select id from public.orders order by id limit 3; -- of all',
  );
  await engine.workspace.saveTarget({ target: { ...target, queries: ['first three'] } });
  await engine.checks.save({
    table: 'cities',
    rules: [{ id: 'some', kind: 'not_null', params: { column: 'city' } }],
  });

  const one = await engine.promote.plan({ target: 'prod', views: ['cities'] });
  const named = (plan: typeof one) =>
    plan.changes.map(({ action, kind, object }) => `${action} ${kind} ${object}`);
  expect(named(one)).toEqual(['create table orders', 'create view big', 'create view cities']);
  await expect(engine.promote.plan({ target: 'prod', views: ['addressed'] })).rejects.toThrow('it uses _row');
  const long = 'ä'.repeat(32);
  await writeFile(join(dir, 'queries', `${long}.sql`), 'select 1 as id');
  await expect(engine.promote.plan({ target: 'prod', queries: [long] })).rejects.toThrow('63 bytes');

  const first = await engine.promote.apply({ target: 'prod' });
  expect(
    first.tables.map(({ table, kind, rows, serverRows, checksumsEqual }) => [
      table,
      kind,
      rows,
      serverRows,
      checksumsEqual,
    ]),
  ).toEqual([
    ['orders', 'table', 30, 30, true],
    ['spare', 'table', 1, 1, true],
    ['big', 'view', 20, 20, true],
    ['cities', 'view', 3, 3, true],
    ['totals', 'materialized view', 3, 3, true],
    ['first three', 'view', 3, 3, true],
  ]);
  expect(first.tables[3]).toMatchObject({ madeBy: 'its own SELECT', checksEqual: true });
  await ask(there);
  expect((await engine.promote.verify({ target: 'prod' })).status).toBe('verified');

  await engine.query.run({ text: 'delete from orders where id > 20; refresh materialized view totals' });
  const plan = await engine.promote.plan({ target: 'prod' });
  expect(named(plan)).toContain('replace view cities');
  expect(named(plan)).toContain('keep view addressed');
  expect([
    plan.drift,
    plan.changes.filter(({ destructive }) => destructive).map(({ object }) => object),
  ]).toEqual([[], ['orders']]);
  await engine.promote.apply({ target: 'prod', acceptDestructive: true });
  const state = `select (select orders from theirs) as orders, (select sum(total)::float8 from totals) as total,
    obj_description('cities'::regclass) as says, has_table_privilege('reader', 'cities', 'select') as granted,
    (select count(*)::int from pg_indexes where indexname = 'by_city' and schemaname = 'public') as indexes`;
  expect(await ask(state)).toEqual([{ orders: 10, total: 315, says: 'kept', granted: true, indexes: 1 }]);

  await engine.promote.rollback({ target: 'prod' });
  expect(await ask(state)).toEqual([{ orders: 20, total: 697.5, says: 'kept', granted: true, indexes: 1 }]);
  await ask('drop view theirs');
  const { notes } = await engine.promote.rollback({ target: 'prod' });
  expect(notes.filter((note) => note.startsWith('What others')).sort()).toEqual([
    'What others changed of the rights, comments or indexes of cities went with it.',
    'What others changed of the rights, comments or indexes of totals went with it.',
  ]);
  expect(await ask(`select relname from pg_class where relnamespace = 'public'::regnamespace`)).toEqual([]);
});

test('two environments are told apart by what was promoted to them; what was defined otherwise is not overwritten unasked', async () => {
  const { engine, ask, target } = await openTarget(
    server,
    'create table t as select 1 as id, 2 as v; create view w as select id from t',
  );
  const { estimate } = await engine.promote.plan({ target: 'prod' });
  expect(estimate).toMatchObject({
    rows: 1,
    basis: 'measured',
    growth: [{ factor: 10, rows: 10 }, { factor: 100 }],
  });
  await engine.promote.apply({ target: 'prod' });
  await engine.workspace.saveTarget({ target: { ...target, name: 'dev', schema: 'dev' } });
  await engine.promote.apply({ target: 'dev', tables: ['t'] });
  const sides = { target: 'dev', other: 'prod' };
  expect(await engine.promote.diff(sides)).toMatchObject({
    ...{ targets: ['dev', 'prod'], same: false },
    objects: [
      { object: 't', same: true, columns: [], sides: [{ rows: 1 }, { rows: 1 }] },
      { object: 'w', same: false, sides: [null, { rows: 1 }] },
    ],
  });
  await ask('update dev.t set v = 3');
  expect((await engine.promote.diff(sides)).objects[0]).toMatchObject({ same: false, columns: ['v'] });

  await ask('create or replace view w as select id + 1 as id from t');
  await expect(engine.promote.apply({ target: 'prod', acceptDestructive: true })).rejects.toThrow(
    '(definition)',
  );
  await ask('drop view w; create table w (id int)');
  await expect(engine.promote.plan({ target: 'prod' })).rejects.toThrow(
    'public.w is a table, and it would become a view',
  );
});

test('a view that shows a row of a table as one value stays here, and the rest goes', async () => {
  const { engine } = await openTarget(
    server,
    `create table people as select n as id from generate_series(1, 2) n; create view ids as select id from people;
      create view ones as select p from people p; create view jsons as select row_to_json(p) as j from people p;
      create view few as select row_to_json(s) as j from (select id from people) s; create view of_ids as select row_to_json(i) as j from ids i`,
  );
  const { changes } = await engine.promote.plan({ target: 'prod' });
  const row =
    'it takes whole rows of people, in which _row is, the row address of this workspace, which no promoted table has';
  expect(changes.filter(({ action }) => action === 'keep').map(({ object, says }) => [object, says])).toEqual(
    [
      ['ones', `Stays here: ${row}.`],
      ['jsons', `Stays here: ${row}.`],
    ],
  );
  const { status, tables } = await engine.promote.apply({ target: 'prod' });
  expect([status, tables.map(({ table }) => table)]).toEqual([
    'verified',
    ['people', 'ids', 'few', 'of_ids'],
  ]);
});
