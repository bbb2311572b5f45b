import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appFile } from '../../electron/engine/app-files.ts';
import { openTestEngine } from '../open-test-engine.ts';
import { startPostgres, type TestPostgres } from '../postgres/start-postgres.ts';
import { openTarget } from './open-target.ts';

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

test('killed while it sends, the target is as it was, and the next promotion goes on where that one ended', {
  timeout: 120_000,
}, async () => {
  const { dir, ask, close } = await openTarget(
    server,
    `create table big as select n as id, repeat('x', 400) as body from generate_series(1, 60000) n`,
  );
  await close();
  const child = spawn(
    process.execPath,
    [appFile('dist/cli.js'), 'promote', 'prod', '--apply', '--workspace', dir],
    {
      stdio: 'ignore',
    },
  );
  const reached = async () => {
    const [found] = await ask(
      `select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables where tablename = 'reached' and schemaname like 'assay_staging%'`,
    );
    const rows = found && (await ask(`select rows::int as rows from ${found['name']}`).catch(() => []));
    return Number(rows?.[0]?.['rows'] ?? 0);
  };
  await expect.poll(reached, { timeout: 90_000, interval: 5 }).toBeGreaterThan(0);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(await ask(`select to_regclass('big') as t`)).toEqual([{ t: null }]);

  const { engine } = await openTestEngine(dir);
  const sent: number[] = [];
  const receipt = await engine.promote.apply(
    { target: 'prod' },
    { onProgress: ({ title, done }) => title?.startsWith('Sending') && sent.push(done) },
  );
  expect(sent[0]).toBeGreaterThan(0);
  expect([
    receipt.status,
    await ask('select count(*)::int as n, count(distinct id)::int as d from big'),
  ]).toEqual(['verified', [{ n: 60_000, d: 60_000 }]]);
});
