import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { scratchFolder } from '../open-test-engine.ts';
import { pipelineOf } from '../pipelines/open-shop.ts';
import { startPostgres, type TestPostgres } from '../postgres/start-postgres.ts';
import { openTarget } from './open-target.ts';

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

const accepted = { target: 'prod', acceptDestructive: true } as const;

test('merged by key: new and changed rows come, rows that are only there stay, and all of it can be undone', async () => {
  const { engine, ask, target } = await openTarget(
    server,
    `create table t as select n as id, 'here ' || n as body from generate_series(1, 4) n;
      create view shown as select body from t; create materialized view many as select count(*)::int as n from t`,
  );
  await ask(`create table t (id int primary key, body text); comment on table t is 'kept';
    insert into t values (1, 'here 1'), (2, 'old'), (70, 'theirs'), (71, 'theirs')`);
  const tables = { t: { mode: 'merge' } } as const;
  await engine.workspace.saveTarget({ target: { ...target, tables } });
  const { changes } = await engine.promote.plan({ target: 'prod' });
  const [change] = changes.filter(({ kind }) => kind === 'table');
  expect([change?.action, change?.destructive]).toEqual(['merge', true]);
  expect(change?.counts).toEqual({ by: ['id'], added: 2, changed: 1, removed: 2, same: 1 });
  await expect(engine.promote.apply({ target: 'prod' })).rejects.toThrow('1 changed');
  const receipt = await engine.promote.apply(accepted);
  expect([receipt.status, receipt.tables[0]?.mode, receipt.tables[0]?.serverRows]).toEqual([
    'verified',
    'merge',
    4,
  ]);
  expect(receipt.tables[0]?.stands?.rows).toBe(6);
  expect(await ask('select (select count(*)::int from shown) as shown, n from many')).toEqual([
    { shown: 6, n: 6 },
  ]);
  const merged = [1, 2, 3, 4].map((id) => ({ id, body: `here ${id}` }));
  const theirs = [70, 71].map((id) => ({ id, body: 'theirs' }));
  expect(await ask('select id, body from t order by id')).toEqual([...merged, ...theirs]);
  expect(await ask(`select obj_description('t'::regclass) as says`)).toEqual([{ says: 'kept' }]);
  await expect(ask(`insert into t values (1, 'again')`)).rejects.toThrow('t_pkey');
  await ask(`insert into t values (72, 'theirs')`);
  expect(await engine.promote.verify({ target: 'prod' })).toMatchObject({
    status: 'verified',
    notes: [
      'shown is not compared: there it also shows rows of t that are not here.',
      'many is not compared: there it also shows rows of t that are not here.',
    ],
  });
  expect((await engine.promote.plan({ target: 'prod' })).drift).toEqual([]);
  await ask(`update t set body = 'spoilt' where id = 3`);
  expect((await engine.promote.verify({ target: 'prod' })).tables[0]?.differences).toEqual([
    { columns: ['body'], here: { id: '3', body: 'here 3' }, there: { id: '3', body: 'spoilt' } },
  ]);
  await engine.promote.rollback({ target: 'prod' });
  expect(await ask('select body from t order by id')).toEqual(
    ['here 1', 'old', 'theirs', 'theirs'].map((body) => ({ body })),
  );
});

test('rows that others write while it is merged or replaced are not lost: the promotion stops', async () => {
  const { engine, ask, target } = await openTarget(server, 'create table t as select 1 as id, 2 as v');
  await ask('create table t (id int primary key, v int); insert into t values (7, 7)');
  const writer = new pg.Client({
    host: server.host,
    port: server.port,
    user: server.user,
    database: target.database,
  });
  await writer.connect();
  for (const [mode, before, after] of [
    ['merge', [7, 8], [1, 7, 8]],
    ['replace', [1, 7, 8, 9], [1]],
  ] as const) {
    await engine.workspace.saveTarget({ target: { ...target, tables: { t: { mode } } } });
    const ids = async () => (await ask('select id from t order by id')).map(({ id }) => id);
    await writer.query(`begin; insert into t values (${before.at(-1)}, 8)`);
    let committed: Promise<unknown> | undefined;
    const promoting = engine.promote.apply(accepted, {
      onProgress: ({ title, done }) => {
        if (title === 'Swapping in' && done > 0) committed ??= writer.query('commit');
      },
    });
    await expect(promoting).rejects.toThrow('t was changed on the target while it was promoted');
    await committed;
    expect(await ids()).toEqual(before);
    expect((await engine.promote.apply({ ...accepted, acceptDrift: true })).status).toBe('verified');
    expect(await ids()).toEqual(after);
  }
  await writer.end();
});

test('appended: what is there already is not added again, however often it is there', async () => {
  const { engine, ask, target } = await openTarget(
    server,
    `create table t as select * from (values (1, 'a'), (1, 'a'), (2, 'b')) v (n, s)`,
  );
  await ask(`create table t (n int, s text); insert into t values (1, 'a'), (9, 'theirs'), (9, 'theirs')`);
  await engine.workspace.saveTarget({ target: { ...target, tables: { t: { mode: 'append' } } } });
  const rows = [1, 1, 2, 9, 9].map((n) => ({ n }));
  for (const added of [2, 0]) {
    const { changes } = await engine.promote.plan({ target: 'prod' });
    const [change] = changes.filter(({ kind }) => kind === 'table');
    expect([change?.action, change?.destructive, change?.counts?.added]).toEqual(['append', false, added]);
    expect((await engine.promote.apply({ target: 'prod' })).status).toBe('verified');
    expect(await ask('select n from t order by n')).toEqual(rows);
  }
  expect((await engine.promote.verify({ target: 'prod' })).status).toBe('verified');
});

test('a history keeps every version: what changed or went has ended, what did not is as old as it was', async () => {
  const { engine, ask, target } = await openTarget(
    server,
    `create table t as select * from (values (1, 'a'), (2, 'b'), (3, 'c')) v (id, s)`,
  );
  await engine.workspace.saveTarget({ target: { ...target, tables: { t: { mode: 'scd2', key: ['id'] } } } });
  await engine.promote.apply({ target: 'prod' });
  const [{ first } = { first: null }] = await ask('select distinct valid_from::text as first from t');
  await engine.query.run({
    text: `update t set s = 'B' where id = 2; delete from t where id = 3; insert into t values (4, 'd')`,
  });
  const { changes } = await engine.promote.plan({ target: 'prod' });
  expect(changes.find(({ kind }) => kind === 'table')?.counts).toEqual({
    ...{ by: ['id'], added: 1, changed: 1, removed: 1, same: 1 },
  });
  expect((await engine.promote.apply({ target: 'prod' })).status).toBe('verified');
  expect(
    await ask(
      `select id, s, valid_from = '${first}' as old, valid_to is not null as ended, is_current from t order by id, s desc`,
    ),
  ).toEqual([
    { id: 1, s: 'a', old: true, ended: false, is_current: true },
    { id: 2, s: 'b', old: true, ended: true, is_current: false },
    { id: 2, s: 'B', old: false, ended: false, is_current: true },
    { id: 3, s: 'c', old: true, ended: true, is_current: false },
    { id: 4, s: 'd', old: false, ended: false, is_current: true },
  ]);
  expect((await engine.promote.verify({ target: 'prod' })).status).toBe('verified');
  await engine.promote.rollback({ target: 'prod' });
  expect(await ask('select id, is_current from t order by id')).toEqual(
    [1, 2, 3].map((id) => ({ id, is_current: true })),
  );
});

test('what cannot be merged is refused with the reason, and nothing is touched', async () => {
  const { engine, ask, target } = await openTarget(
    server,
    'create table t as select 1 as id, 2 as v union all select 1, 3',
  );
  const said = async (tables: NonNullable<typeof target & { tables?: object }>['tables']) => {
    await engine.workspace.saveTarget({ target: { ...target, tables } as never });
    return engine.promote.plan({ target: 'prod' }).then(
      () => 'planned',
      (thrown: Error) => thrown.message,
    );
  };
  expect(await said({ t: { mode: 'merge' } })).toContain('no key says which rows belong together');
  expect(await said({ t: { mode: 'merge', key: ['nr'] } })).toContain('it has no column "nr"');
  expect(await said({ t: { mode: 'merge', key: ['id'] } })).toContain('id is no key of t: 1 values repeat');
  await ask('create table t (id int, v text)');
  expect(await said({ t: { mode: 'append' } })).toContain('no column v integer');
  expect(await said({ t: { mode: 'scd2', key: ['v'] } })).toContain(
    'no column valid_from timestamp with time zone',
  );
  expect(await said({ t: { private: { vv: 'drop' } } })).toContain('has no column "vv"');
  expect(await said({ t: { private: { id: 'drop', v: 'drop' } } })).toContain('without any column');
  await ask(
    'drop table t; create table t (id int, v int); insert into t values (1, 2), (5, 2), (6, null), (7, null)',
  );
  expect(await said({ t: { mode: 'merge', key: ['v'] } })).toContain(
    'v is no key of public.t on the target: 1 values repeat there',
  );
  await engine.query.run({ text: 'create table n as select 1.0::numeric as id, 2 as v' });
  await ask('create table n (id numeric, v int); insert into n values (1.00, 1)');
  expect(await said({ n: { mode: 'merge', key: ['id'] } })).toBe('planned');
  const { changes } = await engine.promote.plan({ target: 'prod', tables: ['n'] });
  expect(changes[0]).toMatchObject({ destructive: true, counts: { added: 0, changed: 1, removed: 0 } });
  const own = { ...target, name: 'own', schema: 'assay_promotions' };
  await engine.workspace.saveTarget({ target: own });
  await expect(engine.promote.plan({ target: 'own' })).rejects.toThrow('kept by PostgreSQL or by promotions');
  const file = { name: 'file', kind: 'workspace', folder: 'assay.yaml' } as const;
  await engine.workspace.saveTarget({ target: file });
  await expect(engine.promote.plan({ target: 'file' })).rejects.toThrow('is a file, or lies in one');
  expect(await said({ tt: { mode: 'merge' } })).toBe('planned');
  expect((await engine.promote.plan({ target: 'prod' })).changes.at(-1)).toMatchObject({
    object: 'tt',
    action: 'keep',
  });
});

test('a private column goes nowhere before somebody has decided; masked values still join', async () => {
  const { engine, ask, target, dir } = await openTarget(
    server,
    `create table people as select n as id, 'p' || n % 2 || '@x.org' as email, 'tel ' || n as phone from generate_series(1, 4) n`,
  );
  await mkdir(join(dir, 'checks'), { recursive: true });
  await writeFile(
    join(dir, 'checks', 'people.yaml'),
    `apiVersion: v3.1.0
kind: DataContract
id: people
version: 1.0.0
status: active
schema:
  - name: people
    properties:
      - name: email
        classification: private
      - name: phone
        classification: confidential
    quality:
      - { type: custom, engine: assay, id: form, implementation: { kind: business_rule, params: { condition: "email like '%@x.org'" } } }
      - { type: custom, engine: assay, id: called, implementation: { kind: not_null, params: { column: id }, where: "phone like 'tel%'" } }
      - { type: custom, engine: assay, id: longest, implementation: { kind: sql_value, params: { query: 'select max(length(phone)) from people', max: 9 } } }
`,
  );
  const { undecided } = await engine.promote.plan({ target: 'prod' });
  expect(undecided).toEqual([
    { table: 'people', column: 'email', collection: null },
    { table: 'people', column: 'phone', collection: null },
  ]);
  await expect(engine.promote.apply({ target: 'prod' })).rejects.toThrow(
    'people.email is private, or made of what does not go as it is, and nobody has decided whether it goes to "prod", and 1 more.',
  );
  await engine.pipelines.save({
    pipeline: pipelineOf(
      [
        { id: 'people', kind: 'source', params: { table: 'people' } },
        {
          id: 'contact',
          kind: 'derive',
          inputs: ['people'],
          params: { columns: [{ name: 'contact', expression: "id || ' ' || email" }] },
        },
        {
          id: 'kept',
          kind: 'select',
          inputs: ['contact'],
          params: { columns: [{ column: 'id' }, { column: 'contact' }] },
        },
        { id: 'out', kind: 'output', inputs: ['kept'], params: { table: 'contacts' } },
      ],
      'contacts',
    ),
  });
  await engine.pipelines.run({ name: 'contacts' });
  expect((await engine.promote.plan({ target: 'prod', tables: ['contacts'] })).undecided).toEqual([
    { table: 'contacts', column: 'contact', collection: null },
  ]);
  const tables = {
    people: { private: { email: 'mask', phone: 'drop' } },
    contacts: { private: { contact: 'drop' } },
  } as const;
  const named = { ...tables, people: { private: { ...tables.people.private, id: 'mask' } } } as const;
  await engine.workspace.saveTarget({ target: { ...target, tables: named } });
  expect((await engine.promote.plan({ target: 'prod' })).undecided).toEqual([
    { table: 'contacts', column: 'id', collection: null },
  ]);
  await engine.workspace.saveTarget({ target: { ...target, tables } });
  expect((await engine.promote.plan({ target: 'prod' })).undecided).toEqual([]);
  expect((await engine.promote.apply({ target: 'prod' })).status).toBe('verified');
  const [row] = await ask('select * from people limit 1');
  expect(Object.keys(row ?? {})).toEqual(['id', 'email']);
  expect(
    await ask(
      `select count(distinct email)::int as n, min(length(email)) as l, bool_or(email like '%@%') as readable from people`,
    ),
  ).toEqual([{ n: 2, l: 64, readable: false }]);
  expect((await engine.promote.verify({ target: 'prod' })).status).toBe('verified');

  await engine.query.run({
    text: 'create view dialled as select phone from people; create view letters as select id, email from people',
  });
  const { changes } = await engine.promote.plan({ target: 'prod' });
  expect(changes.find(({ object }) => object === 'dialled')).toMatchObject({
    action: 'keep',
    says: 'Stays here: it reads people.phone, which is left out there.',
  });
  expect(changes.find(({ object }) => object === 'letters')).toMatchObject({
    action: 'keep',
    says: 'Stays here: it reads people.email, which is masked there.',
  });
  await expect(engine.promote.plan({ target: 'prod', views: ['letters'] })).rejects.toThrow(
    'The view "letters" cannot go: it reads people.email, which is masked there.',
  );
});

test('another workspace is merged into as a server is', async () => {
  const { engine, target } = await openTarget(
    server,
    'create table t as select n as id, n as v from generate_series(1, 3) n',
  );
  const folder = await scratchFolder();
  const rehearsal = { name: 'rehearsal', kind: 'workspace', folder } as const;
  await engine.workspace.saveTarget({ target: rehearsal });
  await engine.promote.apply({ target: 'rehearsal' });
  await engine.query.run({ text: 'delete from t where id < 3; update t set v = 30' });
  await engine.workspace.saveTarget({
    target: { ...rehearsal, tables: { t: { mode: 'merge', key: ['id'] } } },
  });
  const { tables } = await engine.promote.apply({ ...accepted, target: 'rehearsal' });
  expect([tables[0]?.serverRows, tables[0]?.stands?.rows, target.name]).toEqual([1, 3, 'prod']);
  expect((await engine.promote.verify({ target: 'rehearsal' })).status).toBe('verified');
});

const events = `
  create table events as select n as id, timestamp '2024-01-15' + n * interval '20 days' as seen, 'e' || n as what from generate_series(1, 6) n
    union all select 7, null, 'never' union all select 8, 'infinity', 'ever'`;

test('events are kept in partitions by month: replaced, merged into, given new ones, verified and undone as a whole', async () => {
  const { engine, ask, target } = await openTarget(server, events);
  const divided = (mode: 'replace' | 'merge' | 'scd2', more = {}) =>
    engine.workspace.saveTarget({
      target: {
        ...target,
        tables: { events: { mode, key: ['id'], partition: { by: 'seen', every: 'month' }, ...more } },
      },
    });
  const rule = (id: string, columns: readonly string[]) => ({ id, kind: 'unique', params: { columns } });
  await engine.checks.save({ table: 'events', rules: [rule('once', ['id']), rule('both', ['id', 'seen'])] });
  await ask('create role reader');
  await divided('replace');
  const plan = await engine.promote.plan({ target: 'prod' });
  expect(plan.changes[0]?.says).toBe(
    'Created with 8 rows and 3 columns. Unique: id, seen, as its rules say. In 4 partitions by month of seen, and one for the rest. No key of id is made: in partitions every key holds seen.',
  );
  expect(plan.sql).toContain(
    `partition of "assay_staging_plan"."events" for values from ('2024-02-01') to ('2024-03-01')`,
  );
  const parts = async () =>
    Object.fromEntries(
      (
        await ask(
          `select tableoid::regclass::text as part, count(*)::int as n from events group by 1 order by 1`,
        )
      ).map(({ part, n }) => [String(part).replace('events_', ''), n]),
    );
  expect((await engine.promote.apply({ target: 'prod' })).status).toBe('verified');
  const first = { '2024_02': 2, '2024_03': 1, '2024_04': 2, '2024_05': 1, rest: 2 };
  expect(await parts()).toEqual(first);
  await ask('create index by_what on events (what); grant select on events to reader');

  await divided('merge');
  await engine.query.run({
    text: `delete from events where id < 6; insert into events (id, seen, what) values (9, '2025-01-01', 'new')`,
  });
  const accepted = { target: 'prod', acceptDestructive: true } as const;
  expect((await engine.promote.plan({ target: 'prod' })).changes[0]?.counts).toEqual({
    ...{ by: ['id'], added: 1, changed: 0, removed: 5, same: 3 },
  });
  expect((await engine.promote.apply(accepted)).tables[0]?.stands?.rows).toBe(9);
  expect(await parts()).toEqual({ ...first, '2025_01': 1 });
  expect((await engine.promote.verify({ target: 'prod' })).status).toBe('verified');
  await ask(`update events set what = 'spoilt' where id = 1`);
  await divided('replace');
  const replacing = await engine.promote.plan({ target: 'prod' });
  expect([replacing.drift[0]?.columns, replacing.changes[0]?.lost]).toEqual([['what'], []]);
  await ask(`update events set what = 'e1' where id = 1;
    create table events_2030_01 partition of events for values from ('2030-01-01') to ('2030-02-01');
    create schema archive; create table archive.old partition of events for values from ('2020-01-01') to ('2020-02-01')`);
  await expect(engine.promote.plan({ target: 'prod' })).rejects.toThrow(
    'held by the partition archive.old in another schema',
  );
  await ask('drop table archive.old');
  expect((await engine.promote.plan({ target: 'prod' })).changes[0]?.lost).toEqual([
    'the empty partition events_2030_01',
  ]);
  await ask('drop table events_2030_01');
  const state = `select has_table_privilege('reader', 'events', 'select') as granted, (select count(*)::int from pg_indexes where indexname = 'by_what' and schemaname = 'public') as indexes,
    (select count(*)::int from pg_inherits where inhparent = 'by_what'::regclass) as parts`;
  expect(await ask(state)).toEqual([{ granted: true, indexes: 1, parts: 6 }]);

  await engine.promote.rollback({ target: 'prod' });
  expect(await parts()).toEqual(first);
  await engine.workspace.saveTarget({ target });
  await expect(engine.promote.plan({ target: 'prod' })).rejects.toThrow(
    'is in partitions (RANGE (seen)), and it would come in one piece',
  );
  await divided('replace', { partition: { by: 'what' } });
  await expect(engine.promote.plan({ target: 'prod' })).rejects.toThrow('what is text, no day and no time');
  await engine.promote.rollback({ target: 'prod' });
  expect(await ask(`select relname from pg_class where relnamespace = 'public'::regnamespace`)).toEqual([]);

  await ask(`create table kinds (kind text primary key); insert into kinds values ('k');
    create table events (id serial primary key, seen timestamp, what text, kind text references kinds) with (fillfactor = 70);
    insert into events values (1, '2024-02-04', 'old', 'k');
    create table events_rest (a int)`);
  await divided('replace');
  await expect(engine.promote.plan({ target: 'prod' })).rejects.toThrow(
    'public.events_rest is called as a partition of events',
  );
  await ask('drop table events_rest; create table lines (event int references events)');
  await expect(engine.promote.plan({ target: 'prod' })).rejects.toThrow(
    'the foreign key lines_event_fkey of public.lines needs a key',
  );
  await ask('drop table lines');
  expect((await engine.promote.plan({ target: 'prod' })).changes[0]?.lost).toEqual([
    'column kind text',
    'constraint events_pkey',
    'constraint events_kind_fkey',
  ]);
  await engine.promote.apply(accepted);
  expect(await ask(`select nextval(pg_get_serial_sequence('events', 'id'))::int as next`)).toEqual([
    { next: 10 },
  ]);
  // What is kept holds nobody's rows; on the way back it holds them again.
  await ask(`delete from kinds; insert into kinds values ('k')`);
  expect(
    await ask(
      `select distinct reloptions::text as o from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> 'kinds'`,
    ),
  ).toEqual([{ o: '{fillfactor=70}' }]);
  await engine.promote.rollback({ target: 'prod' });
  expect(await ask('select what from events')).toEqual([{ what: 'old' }]);
  await expect(ask('delete from kinds')).rejects.toThrow('events_kind_fkey');
  await ask('drop table events');

  await divided('scd2');
  await engine.promote.apply({ target: 'prod' });
  await engine.query.run({ text: `update events set what = 'changed', seen = '2026-02-03' where id = 9` });
  await engine.promote.apply({ target: 'prod' });
  expect(
    await ask(
      `select tableoid::regclass::text as part, what, is_current from events where id = 9 order by 1`,
    ),
  ).toEqual([
    { part: 'events_2025_01', what: 'new', is_current: false },
    { part: 'events_2026_02', what: 'changed', is_current: true },
  ]);
});
