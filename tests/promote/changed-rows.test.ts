import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { startPostgres, type TestPostgres } from '../postgres/start-postgres.ts';
import { openTarget } from './open-target.ts';
import { UnreliableProxy } from './unreliable-proxy.ts';

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

test('only rows that changed travel, however often a row is there, and the rest is as proven as ever', async () => {
  const { engine, ask, target } = await openTarget(
    server,
    `create table t as select n as id, repeat('text ' || n, 60) as body from generate_series(1, 5000) n
      union all select 0, 'twin' from generate_series(1, 6)`,
  );
  const proxy = await UnreliableProxy.before(server.port);
  onTestFinished(() => proxy.close());
  await engine.workspace.saveTarget({ target: { ...target, port: proxy.port } });
  const promote = async () => {
    proxy.breakAt(Number.POSITIVE_INFINITY, 'cut');
    const receipt = await engine.promote.apply({ target: 'prod', acceptDestructive: true });
    expect([receipt.status, receipt.tables[0]?.rows]).toEqual(['verified', receipt.tables[0]?.serverRows]);
    return proxy.passed;
  };
  const whole = await promote();
  await engine.query.run({
    text: `update t set body = 'changed' where id in (3, 1700); delete from t where id = 9;
      delete from t where ctid in (select ctid from t where id = 0 limit 2); insert into t (id, body) values (9001, 'new')`,
  });
  const { changes } = await engine.promote.plan({ target: 'prod' });
  expect(changes[0]?.counts).toEqual({ by: [], added: 3, changed: 0, removed: 5, same: 5001 });
  expect(await promote()).toBeLessThan(whole / 4);
  expect(
    await ask(
      `select count(*)::int as n, count(*) filter (where id = 0)::int as twins, count(*) filter (where body = 'changed')::int as changed from t`,
    ),
  ).toEqual([{ n: 5004, twins: 4, changed: 2 }]);
});
