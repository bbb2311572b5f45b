import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPostgres, type TestPostgres } from '../postgres/start-postgres.ts';
import { openTarget } from './open-target.ts';

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

const drop = { target: 'prod', acceptDestructive: true, plainVersions: 'drop' } as const;

async function people(settings: { readonly mode: 'append' | 'merge' | 'scd2'; readonly key?: string[] }) {
  const opened = await openTarget(
    server,
    `create table people as select n as id, 'p' || n || '@x.org' as email from generate_series(1, 4) n`,
  );
  const say = (email: 'keep' | 'mask') =>
    opened.engine.workspace.saveTarget({
      target: { ...opened.target, tables: { people: { ...settings, private: { email } } } },
    });
  /** Whether equal addresses have equal masks is seen by promoting all of them, as masks, elsewhere. */
  const masks = async () => {
    const there = { ...opened.target, schema: 'all_masked', name: 'other' };
    await opened.engine.query.run({
      text: `delete from people; insert into people select n, 'p' || n || '@x.org' from generate_series(1, 5) n`,
    });
    await opened.engine.workspace.saveTarget({
      target: { ...there, tables: { people: { private: { email: 'mask' } } } },
    });
    await opened.engine.promote.apply({ target: 'other' });
    return opened.ask(`select id::int, email from all_masked.people order by id`);
  };
  return { ...opened, say, masks };
}

test.each([
  { mode: 'append' as const, settings: {}, rows: 1 },
  { mode: 'merge' as const, settings: { key: ['id'] }, rows: 1 },
  { mode: 'scd2' as const, settings: { key: ['id'] }, rows: 1 },
])(
  '$mode: a column that is masked from now on is masked in the rows that stay as well',
  async ({ mode, settings, rows }) => {
    const { engine, ask, say, masks } = await people({ mode, ...settings });
    await say('keep');
    await engine.promote.apply({ target: 'prod' });
    await ask(`insert into people (id, email) values (5, 'p5@x.org')`);
    if (mode === 'scd2') await ask('update people set valid_from = now(), is_current = true where id = 5');
    await engine.query.run({ text: 'delete from people where id > 3' });
    await say('mask');
    const plan = await engine.promote.plan({ target: 'prod' });
    expect(plan.changes.find(({ object }) => object === 'people')?.says).toContain(
      `In the rows that stay there (${rows + 1} rows) email is masked, too; compared here without it.`,
    );
    expect(plan.sql).not.toContain('@x.org');
    const receipt = await engine.promote.apply({ ...drop, acceptDrift: mode === 'scd2' });
    expect(receipt.notes).toEqual(
      expect.arrayContaining([
        '1 version of people that held email as it was was let go.',
        `email was masked in ${rows + 1} rows of people that stayed there.`,
      ]),
    );
    const there = await ask('select id::int, email from people order by id');
    expect((await engine.promote.plan({ target: 'prod' })).plain).toEqual([]);
    if (mode === 'scd2') {
      // What did not change but for its mask goes on as the version it was.
      expect(await ask('select id::int, is_current from people order by id')).toEqual(
        [1, 2, 3, 4, 5].map((id) => ({ id, is_current: id < 4 })),
      );
    }
    expect(await masks()).toEqual(there);
    const holding =
      await ask(`select n.nspname, c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
    where c.relkind = 'r' and n.nspname !~ '^(pg_|information_schema)'
      and query_to_xml(format('select * from %I.%I', n.nspname, c.relname), true, true, '')::text like '%@x.org%'`);
    expect(holding).toEqual([]);
  },
);

test('masks stay as they are; what others wrote among them is masked with the next rows', async () => {
  const { engine, ask, say, masks } = await people({ mode: 'merge', key: ['id'] });
  await say('mask');
  await engine.promote.apply({ target: 'prod' });
  await engine.query.run({ text: 'delete from people where id = 4' });
  await ask(`insert into people values (5, 'p5@x.org')`);
  await expect(engine.promote.apply({ target: 'prod', acceptDestructive: true })).rejects.toThrow(
    'people: the version that is replaced now holds email as it was',
  );
  expect((await engine.promote.apply(drop)).status).toBe('verified');
  const there = await ask('select id::int, email from people order by id');
  expect(await masks()).toEqual(there);
});

test('a private column is masked where it was promoted so, not where its values look like masks', async () => {
  const { engine, ask, target } = await openTarget(
    server,
    `create table people as select n as id, encode(sha256(('tok' || n)::bytea), 'hex') as token from generate_series(1, 4) n`,
  );
  const say = (token: 'keep' | 'mask') =>
    engine.workspace.saveTarget({ target: { ...target, tables: { people: { private: { token } } } } });
  const kept = () =>
    ask(`select schemaname from pg_tables where tablename = 'people' and schemaname <> 'public'`);
  await say('keep');
  await engine.promote.apply({ target: 'prod' });
  await say('mask');
  await expect(engine.promote.apply({ target: 'prod', acceptDestructive: true })).rejects.toThrow(
    'people: the version that is replaced now holds token as it was',
  );
  await engine.promote.apply(drop);
  expect(await kept()).toEqual([]);
  await engine.query.run({ text: 'delete from people where id = 4' });
  expect((await engine.promote.plan({ target: 'prod' })).plain).toEqual([]);
  await engine.promote.apply({ target: 'prod', acceptDestructive: true });
  expect(await kept()).toHaveLength(1);
  expect((await engine.promote.plan({ target: 'prod' })).plain).toEqual([]);
  const known = createHash('sha256').update('tok1').digest('hex');
  expect(await ask(`select * from people where token = '${known}'`)).toEqual([]);
});

test('where nobody noted how it came there, a column that is masked from now on is held for plain', async () => {
  const { engine, ask, target } = await openTarget(
    server,
    `create table people as select n as id, (n * 10)::text as phone from generate_series(1, 2) n`,
  );
  await ask(
    `create table people (id int, phone text); insert into people values (1, '10'), (7, '70'), (8, null)`,
  );
  await engine.workspace.saveTarget({
    target: { ...target, tables: { people: { mode: 'merge', key: ['id'], private: { phone: 'mask' } } } },
  });
  await expect(engine.promote.apply({ target: 'prod', acceptDestructive: true })).rejects.toThrow(
    'people: the version that is replaced now holds phone as it was',
  );
  await engine.promote.apply(drop);
  expect(await ask('select id::int, length(phone) as long from people order by id')).toEqual([
    { id: 1, long: 64 },
    { id: 2, long: 64 },
    { id: 7, long: 64 },
    { id: 8, long: null },
  ]);
});
