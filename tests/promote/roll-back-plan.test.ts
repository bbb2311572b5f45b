import { afterAll, beforeAll, expect, test } from 'vitest';
import { rollingBack } from '../../electron/cli/shown-receipt.ts';
import { startPostgres, type TestPostgres } from '../postgres/start-postgres.ts';
import { openTarget } from './open-target.ts';

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

test('Roll back says beforehand what comes back, what goes and what others wrote that is set aside', async () => {
  const { engine, ask } = await openTarget(
    server,
    `create table t as select n as id, 'v1' as body from generate_series(1, 4) n;
     create table new as select 1 as id; create view seen as select id from t`,
  );
  await ask(`create table t (id int, body text); insert into t values (1, 'v0')`);
  await engine.promote.apply({ target: 'prod', acceptDestructive: true });
  const plan = () => engine.promote.rollbackPlan({ target: 'prod' });
  expect((await plan()).tables).toEqual([
    { table: 'seen', kind: 'view', rows: 4, earlier: null, aside: null, since: null },
    { table: 't', kind: 'table', rows: 4, earlier: 1, aside: null, since: null },
    { table: 'new', kind: 'table', rows: 1, earlier: null, aside: null, since: null },
  ]);
  await ask(`insert into t values (70, 'theirs'), (71, 'theirs'); update t set body = 'x' where id = 1;
    delete from t where id = 2`);
  const said = await plan();
  const place = expect.stringMatching(/^assay_undone_[0-9a-f]{16}_tables\.t$/);
  expect(said.tables.find(({ table }) => table === 't')).toEqual({
    ...{ table: 't', kind: 'table', rows: 5, earlier: 1, aside: { place, sure: true } },
    since: { columns: ['id', 'body'], rows: { written: 3, gone: 2 } },
  });
  expect(rollingBack(said).text).toContain(
    '  t: 3 rows written there since, 2 rows that went there changed or removed since: kept as it is now, as assay_undone_',
  );
  const done = await engine.promote.rollback({ target: 'prod' });
  const { place: told } = said.tables.find(({ table }) => table === 't')?.aside ?? {};
  expect([done.notes.at(-1), await ask('select * from t')]).toEqual([
    `t was changed on the target: it is kept there as ${told}.`,
    [{ id: 1, body: 'v0' }],
  ]);
  await expect(plan()).rejects.toThrow('Nothing was promoted to "prod" that could be rolled back.');
});

test('a table whose rows were all written anew does not guess how many were', async () => {
  const { engine, ask } = await openTarget(server, 'create table t as select 1 as id');
  await engine.promote.apply({ target: 'prod' });
  await ask('alter table t alter column id type bigint; insert into t values (2)');
  const { tables } = await engine.promote.rollbackPlan({ target: 'prod' });
  expect(tables).toMatchObject([{ rows: 2, since: { columns: ['(columns)', 'id'] } }]);
  expect(tables[0]?.since).not.toHaveProperty('rows');
});

test('columns may be called as what else is noted of a table', async () => {
  const { engine, ask } = await openTarget(
    server,
    `create table t as select n as rows, n as definition, n as "(written by)" from generate_series(1, 3) n`,
  );
  await engine.promote.apply({ target: 'prod' });
  expect((await engine.promote.plan({ target: 'prod' })).drift).toEqual([]);
  await ask('update t set rows = 7 where rows = 1');
  expect((await engine.promote.plan({ target: 'prod' })).drift).toMatchObject([
    { columns: ['rows'], rowsThen: 3, rowsNow: 3 },
  ]);
});
