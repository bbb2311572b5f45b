import { cp, rm } from 'node:fs/promises';
import pg from 'pg';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { openTestEngine } from '../open-test-engine.ts';
import { startPostgres, type TestPostgres } from '../postgres/start-postgres.ts';
import { openTarget } from './open-target.ts';

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

test('a database that quotes every name is promoted to', async () => {
  const { engine, ask, target } = await openTarget(
    server,
    `create table t as select now() as at, 1.5::real as r, 2::bigint as n, array[1.5::real] as list`,
  );
  await ask(`alter database ${target.database} set quote_all_identifiers = on`);
  for (const action of ['create', 'replace']) {
    const { changes } = await engine.promote.plan({ target: 'prod', tables: ['t'] });
    expect(changes.at(-1)?.action).toBe(action);
    expect(await engine.promote.apply({ target: 'prod', acceptDestructive: true })).toMatchObject({
      status: 'verified',
    });
  }
});

test('a history that has no room for its own columns is refused in the plan', async () => {
  const many = Array.from({ length: 1598 }, (_, at) => `1 as c${at}`).join(', ');
  const { engine, target } = await openTarget(server, `create table wide as select ${many}`);
  await engine.workspace.saveTarget({
    target: { ...target, tables: { wide: { mode: 'scd2', key: ['c0'] } } },
  });
  await expect(engine.promote.plan({ target: 'prod' })).rejects.toThrow(
    'wide would have 1,601 columns there with those of its history, and a table has at most 1,600.',
  );
});

test('a copy of a workspace waits for the promotion of the other, and does not end it', async () => {
  const { engine, dir, ask, close, target } = await openTarget(server, 'create table t as select 1 as n');
  await engine.promote.apply({ target: 'prod' });
  await close();
  const copy = `${dir}-copy`;
  await cp(dir, copy, { recursive: true });
  onTestFinished(() => rm(copy, { recursive: true }));
  const [one, other] = [await openTestEngine(dir), await openTestEngine(copy)];
  const { host, port, user } = server;
  const reader = new pg.Client({ host, port, user, database: target.database });
  await reader.connect();
  onTestFinished(() => reader.end());
  await reader.query('begin; select * from t');
  const first = one.engine.promote.apply({ target: 'prod', acceptDestructive: true });
  const holds = () =>
    ask(`select 1 as held from pg_locks where locktype = 'advisory' and granted`).then(
      ({ length }) => length,
    );
  await expect.poll(holds, { timeout: 60_000 }).toBe(1);
  await expect(other.engine.promote.apply({ target: 'prod', acceptDestructive: true })).rejects.toThrow(
    'Another promotion to this target is under way.',
  );
  await reader.query('rollback');
  expect((await first).status).toBe('verified');
});
