import pg from 'pg';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { connectServer } from '../../electron/engine/promote/connection/server-session.ts';
import type { TargetSession } from '../../electron/engine/promote/connection/target-session.ts';
import { inOneMoment } from '../../electron/engine/promote/load/short-locks.ts';
import { changedSince, lookAtRows } from '../../electron/engine/promote/target/rows-since.ts';
import { type Sql, sql, toText } from '../../shared/sql.ts';
import { startPostgres, type TestPostgres } from '../postgres/start-postgres.ts';
import { openTarget } from './open-target.ts';

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

type Ask = Awaited<ReturnType<typeof openTarget>>['ask'];

/** Somebody who has written a row and commits it once a promotion or its way back waits for the table. */
async function openWriter(database: string) {
  const { host, port, user } = server;
  const client = new pg.Client({ host, port, user, database });
  await client.connect();
  onTestFinished(() => client.end());
  const commitOnceAwaited = async (ask: Ask, last = '') => {
    for (;;) {
      const [found] = await ask(
        `select 1 as waits from pg_stat_activity where wait_event_type = 'Lock' and application_name like 'assay %'`,
      );
      if (found) break;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    await client.query(`${last}; commit`);
  };
  return { client, commitOnceAwaited };
}

async function openSession(target: Parameters<typeof connectServer>[0]) {
  const session = await connectServer(target, undefined, new AbortController().signal);
  onTestFinished(() => session.close());
  return session;
}

/** So large that it is not read while others wait: rows that were deleted take room, too. */
const makeLarge = (ask: Ask) =>
  ask(`alter table t set (autovacuum_enabled = false);
    insert into t select -n, repeat('x', 1900) from generate_series(1, 110000) n; delete from t where id < 0`);

test.each([
  ['replace', false],
  ['merge', false],
  ['replace', true],
] as const)(
  'a row that is committed while Roll back waits for the table is kept and told: %s, large: %s',
  async (mode, large) => {
    const { engine, ask, target } = await openTarget(
      server,
      `create table t as select n as id, 'v0' as body from generate_series(1, 3) n`,
    );
    await engine.workspace.saveTarget({ target: { ...target, tables: { t: { mode, key: ['id'] } } } });
    await engine.promote.apply({ target: 'prod' });
    await engine.query.run({ text: `update t set body = 'v1'` });
    if (large) await ask('alter table t set (autovacuum_enabled = false)');
    await engine.promote.apply({ target: 'prod', acceptDestructive: true });
    if (large) await makeLarge(ask);
    const { client, commitOnceAwaited } = await openWriter(target.database);
    await client.query(`begin; insert into t values (500, 'an order of a customer')`);
    const rolling = engine.promote.rollback({ target: 'prod' });
    await commitOnceAwaited(ask);
    const { status, notes } = await rolling;
    const [{ schema } = {}] = await ask(
      `select schemaname as schema from pg_tables where schemaname like 'assay_undone%'`,
    );
    expect([status, notes.at(-1)]).toEqual([
      'rolled back',
      `t ${large ? 'is large' : 'was changed on the target'}: it is kept there as ${schema}.t.`,
    ]);
    expect(await ask('select * from t order by id')).toEqual([1, 2, 3].map((id) => ({ id, body: 'v0' })));
    expect(await ask(`select * from ${schema}.t where id = 500`)).toEqual([
      { id: 500, body: 'an order of a customer' },
    ]);
    if (!large) return;
    await engine.promote.apply({ target: 'prod', acceptDestructive: true });
    await makeLarge(ask);
    expect(await engine.promote.rollback({ target: 'prod' })).toMatchObject({
      status: 'rolled back',
      notes: [expect.stringMatching('^Accepted')],
    });
    expect(await ask(`select schemaname from pg_tables where schemaname like 'assay_undone%'`)).toEqual([
      { schemaname: schema },
    ]);
  },
);

test('the way back of a table that was new takes no row with it that came meanwhile', async () => {
  const { engine, ask, target } = await openTarget(server, 'create table t as select 1 as id');
  await engine.promote.apply({ target: 'prod' });
  const { client, commitOnceAwaited } = await openWriter(target.database);
  await client.query('begin; insert into t values (2)');
  const rolling = engine.promote.rollback({ target: 'prod' });
  await commitOnceAwaited(ask);
  const { notes } = await rolling;
  const [, place = ''] = /kept there as (.*)\.$/.exec(notes.at(-1) ?? '') ?? [];
  expect(await ask(`select id from ${place} order by id`)).toEqual([{ id: 1 }, { id: 2 }]);
  expect(await ask(`select to_regclass('t') as t`)).toEqual([{ t: null }]);
});

test.each(['replace', 'merge'] as const)(
  'what comes to a large table between the last look and the lock is told, and Roll back brings it back: %s',
  async (mode) => {
    const { engine, ask, target } = await openTarget(
      server,
      `create table t as select n as id, 'v0' as body from generate_series(1, 3) n`,
    );
    await engine.workspace.saveTarget({ target: { ...target, tables: { t: { mode, key: ['id'] } } } });
    await engine.promote.apply({ target: 'prod' });
    await engine.query.run({ text: `update t set body = 'v1' where id = 1` });
    await makeLarge(ask);
    const { client, commitOnceAwaited } = await openWriter(target.database);
    await client.query(`begin; insert into t values (-5, 'an order of a customer')`);
    const promoting = engine.promote.apply({ target: 'prod', acceptDestructive: true });
    await commitOnceAwaited(ask);
    const { status, notes } = await promoting;
    const [{ schema } = {}] = await ask(
      `select schemaname as schema from pg_tables where schemaname like 'assay_kept%'`,
    );
    expect([status, notes.at(-1)]).toEqual([
      'verified',
      `t was written to in the last moment before it was swapped: those rows are in ${schema}.t, which Roll back brings back, and not in the new one.`,
    ]);
    expect(await ask(`select * from ${schema}.t where id < 0`)).toEqual([
      { id: -5, body: 'an order of a customer' },
    ]);
    expect(
      await ask(
        `select receipt -> 'notes' ->> -1 as note from assay_promotions.promotion order by at desc limit 1`,
      ),
    ).toEqual([{ note: notes.at(-1) }]);
    await engine.promote.rollback({ target: 'prod' });
    expect(await ask('select id from t where id < 0')).toEqual([{ id: -5 }]);
  },
);

test('who accepts the changes of one table accepts none that come to another meanwhile', async () => {
  const { engine, ask, target } = await openTarget(
    server,
    'create table a as select 1 as n; create table b as select 1 as n',
  );
  await engine.promote.apply({ target: 'prod' });
  await ask('update a set n = 7');
  const { client, commitOnceAwaited } = await openWriter(target.database);
  await client.query('begin; insert into b values (8)');
  const promoting = engine.promote.apply({ target: 'prod', acceptDestructive: true, acceptDrift: true });
  const refused = expect(promoting).rejects.toThrow('b was changed on the target while it was promoted');
  await commitOnceAwaited(ask);
  await refused;
  expect(await ask('select n from a union all select n from b')).toEqual([{ n: 7 }, { n: 1 }, { n: 8 }]);
});

test('changes whose transactions have numbers of the same sum are told', async () => {
  const { ask, target } = await openTarget(server, 'create table other as select 1 as n');
  await ask(
    `create table s (id int primary key, body text); insert into s values (1, 'a'), (2, 'b'); create table o (n int)`,
  );
  const { client } = await openWriter(target.database);
  await client.query('begin; insert into o values (1)');
  await ask(`update s set body = 'c' where id = 1`);
  await ask(`update s set body = 'd' where id = 2`);
  const session = { query: (asked: Sql) => ask(toText(asked)) } as unknown as TargetSession;
  const seen = await lookAtRows(session, { to: 'public', name: 's' });
  await client.query(`update s set body = 'e' where id = 2; commit`);
  await ask(`update s set body = 'f' where id = 1`);
  const changed = sql`select ${changedSince({ to: 'public', name: 's' }, seen)} as changed`;
  expect(await ask(toText(changed))).toEqual([{ changed: true }]);
});

test('what others write to a table while it is first promoted to is not undone', async () => {
  const { engine, ask, target } = await openTarget(
    server,
    `create table t as select n as id, 'ours' as body from generate_series(1, 60000) n`,
  );
  await engine.workspace.saveTarget({
    target: { ...target, tables: { t: { mode: 'merge', key: ['id'] } } },
  });
  await ask(
    `create table t (id int, body text); insert into t select n, 'theirs' from generate_series(1, 4) n`,
  );
  const promoting = engine.promote.apply({ target: 'prod', acceptDestructive: true, acceptDrift: true });
  const refused = expect(promoting).rejects.toThrow('t was changed on the target while it was promoted');
  let over = false;
  void refused.finally(() => {
    over = true;
  });
  for (let there: unknown; there === undefined && !over; )
    [there] = await ask(`select 1 as one from pg_namespace where nspname like 'assay_staging%'`);
  await ask(`update t set body = 'just written' where id = 1; delete from t where id = 2`);
  await refused;
  expect(await ask('select id, body from t order by id')).toEqual([
    { id: 1, body: 'just written' },
    { id: 3, body: 'theirs' },
    { id: 4, body: 'theirs' },
  ]);
});

test.each([
  ['a right taken', 'revoke select on t from reader'],
  ['a right given', 'grant insert on t to reader'],
  ['a column', 'alter table t add column extra text'],
  ['a policy', 'create policy own on t using (id > 1)'],
  ['an index', 'create index on t (id)'],
  ['a view', 'create view seen as select id from t'],
  ['a view that shows something else', 'create or replace view older as select id + 1 as id from t'],
  ['a key of another table', 'create table lines (t int references t (id))'],
  ['a default', 'alter table t alter column id set default 7'],
  ['a comment', `comment on column t.id is 'the number'`],
  ['a comment on a key', `comment on constraint t_pkey on t is 'the number'`],
  ['a function of its rows', `create function label(t) returns text language sql as $$ select '' $$`],
] as const)(
  'what others change of a table itself while it is promoted is not undone: %s',
  async (_, text) => {
    const { engine, ask, target } = await openTarget(server, 'create table t (id int primary key)');
    await engine.query.run({ text: 'insert into t values (1), (2)' });
    await ask(`create table t (id int primary key); insert into t values (1); create view older as select id from t;
    do $$ begin create role reader; exception when duplicate_object then null; end $$; grant select on t to reader`);
    const { client, commitOnceAwaited } = await openWriter(target.database);
    await client.query('begin; lock table t in row exclusive mode');
    const promoting = engine.promote.apply({ target: 'prod', acceptDestructive: true });
    const refused = expect(promoting).rejects.toThrow(
      'The columns, keys, rights or views of t were changed on the target while it was promoted',
    );
    await commitOnceAwaited(ask, text);
    await refused;
    expect(await ask('select id from t')).toEqual([{ id: 1 }]);
    await ask('drop function if exists label');
    expect(await engine.promote.apply({ target: 'prod', acceptDestructive: true })).toMatchObject({
      status: 'verified',
    });
  },
);

test.each(['insert into t values (1)', 'alter table t add column n2 int; insert into t values (1)'])(
  'who has read a table and then changes it is not ended for our sake: %s',
  async (text) => {
    const { ask, target } = await openTarget(server, 'create table other as select 1 as n');
    await ask('create table t (n int)');
    const session = await openSession(target);
    const { client } = await openWriter(target.database);
    await client.query('begin; select from t');
    const moment = {
      ...{ title: 'Swapping in', tables: [{ to: 'public', name: 't' }], guards: [] },
      statements: [sql`insert into t values (2)`],
    };
    const swapped = inOneMoment(session, moment, new AbortController().signal, () => {});
    for (let held: unknown; held === undefined; )
      [held] = await ask(
        `select 1 as one from pg_locks where relation = 't'::regclass and mode = 'ShareRowExclusiveLock' and granted`,
      );
    await client.query(text);
    await client.query('commit');
    await swapped;
    expect(await ask('select n from t')).toEqual([{ n: 1 }, { n: 2 }]);
  },
);

test('a table that is always being read is swapped, too', async () => {
  const { engine, ask, target } = await openTarget(server, 'create table t as select 1 as n');
  await ask('create table t (n int)');
  const readers = await Promise.all([0, 1, 2].map(() => openWriter(target.database)));
  let over = false;
  const reading = readers.map(async ({ client }) => {
    while (!over) await client.query('begin; select from t; select pg_sleep(0.03); commit');
  });
  const { status } = await engine.promote.apply({ target: 'prod', acceptDestructive: true });
  over = true;
  await Promise.all(reading);
  expect([status, await ask('select n from t')]).toEqual(['verified', [{ n: 1 }]]);
});

test('what others commit while a lock is waited for is seen, whatever the level of the database', async () => {
  const { engine, ask, target } = await openTarget(server, 'create table t as select 1 as id');
  await ask(`alter database ${target.database} set default_transaction_isolation = 'repeatable read'`);
  await engine.promote.apply({ target: 'prod' });
  const { client, commitOnceAwaited } = await openWriter(target.database);
  await client.query('begin isolation level read committed; lock table t in row exclusive mode');
  const rolling = engine.promote.rollback({ target: 'prod' });
  await commitOnceAwaited(ask, 'insert into t values (2)');
  const [, place = ''] = /kept there as (.*)\.$/.exec((await rolling).notes.at(-1) ?? '') ?? [];
  expect(await ask(`select id from ${place} order by id`)).toEqual([{ id: 1 }, { id: 2 }]);
});

test.each([false, true])(
  'a large version that is let go takes no row with it that came in the last moment: written %s',
  async (written) => {
    const { engine, ask, target } = await openTarget(server, `create table t as select 1 as id, 'a' as body`);
    await engine.promote.apply({ target: 'prod' });
    await makeLarge(ask);
    await engine.workspace.saveTarget({
      target: { ...target, tables: { t: { private: { body: 'mask' } } } },
    });
    const { client, commitOnceAwaited } = await openWriter(target.database);
    await client.query('begin; lock table t in row exclusive mode');
    const promoting = engine.promote.apply({
      ...{ target: 'prod', acceptDestructive: true, acceptDrift: true, plainVersions: 'drop' },
    });
    const ended = written
      ? expect(promoting).rejects.toThrow('t was changed on the target while it was promoted')
      : expect(promoting).resolves.toMatchObject({ status: 'verified' });
    await commitOnceAwaited(ask, written ? `insert into t values (777, 'an order of a customer')` : '');
    await ended;
    expect(await ask('select id from t where id > 1')).toEqual(written ? [{ id: 777 }] : []);
  },
);

test('who holds one of several tables and then wants another is not ended for our sake', async () => {
  const { ask, target } = await openTarget(server, 'create table other as select 1 as n');
  await ask('create table a (n int); create table b (n int)');
  const session = await openSession(target);
  const { client } = await openWriter(target.database);
  await client.query('begin; lock table b in share update exclusive mode');
  const tables = ['a', 'b'].map((name) => ({ to: 'public', name }));
  const moment = { title: 'Swapping in', tables, guards: [], statements: [sql`insert into a values (2)`] };
  const swapped = inOneMoment(session, moment, new AbortController().signal, () => {});
  await new Promise((resolve) => setTimeout(resolve, 1300));
  await client.query('alter table a add column x int; commit');
  await swapped;
  expect(await ask('select n, x from a')).toEqual([{ n: 2, x: null }]);
});

test('numbers that others draw of a sequence meanwhile are not given out again', async () => {
  const { engine, ask, target } = await openTarget(
    server,
    'create table t as select n as id from generate_series(1, 3) n',
  );
  await ask('create table t (id serial); insert into t select from generate_series(1, 2)');
  const { client, commitOnceAwaited } = await openWriter(target.database);
  await client.query('begin; lock table t in row exclusive mode');
  const promoting = engine.promote.apply({ target: 'prod', acceptDestructive: true });
  await commitOnceAwaited(ask, `select setval('t_id_seq', 50); select nextval('t_id_seq')`);
  expect(await promoting).toMatchObject({ status: 'verified' });
  expect(await ask(`select nextval('t_id_seq')::int as next`)).toEqual([{ next: 52 }]);
});

test.each([
  'revoke select on t from reader',
  'alter table t enable row level security',
  'create index theirs on t (id)',
])('what others changed of a table since is kept and told by Roll back: %s', async (text) => {
  const { engine, ask } = await openTarget(server, 'create table t as select 1 as id');
  await ask(`create table t as select 0 as id;
    do $$ begin create role reader; exception when duplicate_object then null; end $$; grant select on t to reader`);
  await engine.promote.apply({ target: 'prod', acceptDestructive: true });
  expect((await engine.promote.rollbackPlan({ target: 'prod' })).tables).toMatchObject([{ aside: null }]);
  await ask(text);
  const { tables } = await engine.promote.rollbackPlan({ target: 'prod' });
  expect(tables).toMatchObject([{ table: 't', aside: { place: expect.stringMatching('^assay_undone_') } }]);
  const { notes } = await engine.promote.rollback({ target: 'prod' });
  expect(notes.at(-1)).toBe(`t was changed on the target: it is kept there as ${tables[0]?.aside?.place}.`);
  expect(await ask('select id from t')).toEqual([{ id: 0 }]);
});

test('what others change of the table itself while it is rolled back is kept', async () => {
  const { engine, ask, target } = await openTarget(server, 'create table t as select 1 as id');
  await engine.promote.apply({ target: 'prod' });
  const { client, commitOnceAwaited } = await openWriter(target.database);
  await client.query('begin; lock table t in row exclusive mode');
  const rolling = engine.promote.rollback({ target: 'prod' });
  await commitOnceAwaited(ask, 'alter table t add column note text');
  const [, place = ''] = /kept there as (.*)\.$/.exec((await rolling).notes.at(-1) ?? '') ?? [];
  expect(await ask(`select * from ${place}`)).toEqual([{ id: 1, note: null }]);
});

test('a view of a session alone over the table stands in nobody’s way', async () => {
  const { engine, ask, target } = await openTarget(server, 'create table t as select 1 as id');
  await ask('create table t as select 0 as id');
  const { client } = await openWriter(target.database);
  await client.query('create temp view mine as select id from t');
  expect(await engine.promote.apply({ target: 'prod', acceptDestructive: true })).toMatchObject({
    status: 'verified',
  });
  expect(await ask('select id from t')).toEqual([{ id: 1 }]);
});
