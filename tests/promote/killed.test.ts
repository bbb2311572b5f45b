import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { appFile } from '../../electron/engine/app-files.ts';
import { noteStage } from '../../electron/engine/promote/under-way.ts';
import { openWorkspace } from '../../electron/engine/workspace/workspace.ts';
import { aftermathInWords, interruptedInWords } from '../../shared/interrupted-words.ts';
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
  const [interrupted] = await engine.promote.interrupted({});
  expect(interrupted).toMatchObject({
    ...{ action: 'promote', target: 'prod', objects: ['big'], stage: 'loading' },
  });
  const [told] = await engine.promote.aftermath({ target: 'prod' });
  expect(told).toEqual({ interrupted, happened: false, undone: false, staged: expect.any(Number) });
  expect(told?.staged).toBeGreaterThan(0);
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
  expect(await engine.promote.interrupted({})).toEqual([]);
});

test('what was cut off while it was swapped in is asked of the target: new, old, or cleaned up', async () => {
  const { engine, dir, ask, close } = await openTarget(server, 'create table t as select 1 as id');
  const { id } = await engine.promote.apply({ target: 'prod' });
  const { id: later } = await engine.promote.apply({ target: 'prod', acceptDestructive: true });
  await engine.promote.rollback({ target: 'prod' });
  await close();
  const { database, close: closeWorkspace } = await openWorkspace({ dir });
  const cutOff = { target: 'prod', objects: ['t'], stage: 'swapping' } as const;
  await noteStage({ database }, { ...cutOff, id, action: 'promote' });
  await noteStage({ database }, { ...cutOff, id: later, action: 'promote' });
  await noteStage({ database }, { ...cutOff, id, action: 'rollback' });
  await noteStage({ database }, { ...cutOff, id: 'never came', action: 'promote' });
  await closeWorkspace();
  await ask(`create schema assay_staging_0_notes;
    create table assay_staging_0_notes.reached as select 'public.t' as object, 7 as rows`);

  const again = await openTestEngine(dir);
  const all = await again.engine.promote.interrupted({});
  expect(all.map((one) => interruptedInWords(one)).find((says) => says.startsWith('A promotion'))).toMatch(
    /^A promotion of t to prod, begun .* UTC, was cut off before its end was known\. The target is as it was before or/,
  );
  const words = async (cleanUp: boolean) =>
    (await again.engine.promote.aftermath({ target: 'prod', cleanUp })).map((one) => [
      ...[one.interrupted.id, one.interrupted.action],
      aftermathInWords(one),
    ]);
  expect((await words(false)).sort()).toEqual(
    [
      [id, 'promote', 'It happened as a whole: the target is the new one, and its receipt is taken up.'],
      [later, 'promote', 'It happened as a whole and was rolled back since: its receipt is taken up.'],
      [id, 'rollback', `Nothing of it happened: the promotion stands. ${left}`],
      ['never came', 'promote', `Nothing of it happened: the target is the old one. ${left}`],
    ].sort(),
  );
  expect((await again.engine.promote.interrupted({})).map((one) => one.action).sort()).toEqual([
    'promote',
    'rollback',
  ]);
  expect((await words(true)).map(([, , says]) => says)).toContain(
    'Nothing of it happened: the target is the old one. Nothing of it is left there.',
  );
  const [interrupted] = all;
  expect(interrupted && aftermathInWords({ interrupted, happened: false, undone: false, staged: 0 })).toMatch(
    'What was begun of it is left there, which no reader sees: promote again to go on from it, or clean up.',
  );
  expect([
    await again.engine.promote.interrupted({}),
    await ask(`select to_regnamespace('assay_staging_0_notes') as schema`),
  ]).toEqual([[], [{ schema: null }]]);
});

const left =
  '7 loaded rows are left there, which no reader sees: promote again to go on from them, or clean up.';
