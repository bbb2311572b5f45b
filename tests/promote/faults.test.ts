import pg from 'pg';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { startPostgres, type TestPostgres } from '../postgres/start-postgres.ts';
import { openTarget } from './open-target.ts';
import { type Fault, UnreliableProxy } from './unreliable-proxy.ts';

/** A hundred points in `npm run soak`; a few of the same kind, another place each, in `npm test`. */
const points = process.env['ASSAY_SOAK'] ? 100 : 4;

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

const asked = `select count(*)::int as n, sum(version)::int as v, min(repeated) as r from t`;

/** What readers may see: all of one version, or all of the other. */
const rows = 2000;
const state = (version: number) => [{ n: rows, v: rows * version, r: `${version} `.repeat(40) }];

async function openThroughProxy() {
  const opened = await openTarget(
    server,
    `create table t as select n as id, 1 as version, repeat('1 ', 40) as repeated from generate_series(1, ${rows}) n`,
  );
  const proxy = await UnreliableProxy.before(server.port);
  onTestFinished(() => proxy.close());
  const { engine, target } = opened;
  await engine.workspace.saveTarget({
    target: { ...target, user: 'promoter', port: proxy.port, patience: 0.5 },
  });
  await opened.ask('create role promoter login').catch(() => {});
  await opened.ask(
    `grant create on database ${target.database} to promoter; grant create, usage on schema public to promoter`,
  );
  await engine.promote.apply({ target: 'prod' });
  return { ...opened, proxy };
}

async function promoteVersion(opened: Awaited<ReturnType<typeof openThroughProxy>>, version: number) {
  const { engine } = opened;
  await engine.query.run({ text: `update t set version = ${version}, repeated = repeat('${version} ', 40)` });
  return () => engine.promote.apply({ target: 'prod', acceptDestructive: true });
}

/** The same points in every run, spread over the whole of it, with those around the commit in between. */
function* pointsOf(bytes: number): Generator<{ at: number; fault: Fault }> {
  const faults: readonly Fault[] = ['cut', 'reset', 'stall'];
  for (let point = 0; point < points; point++) {
    const fault = faults[point % faults.length] ?? 'cut';
    const late = point % 2 === 1;
    const share = (point + 0.5) / points;
    yield { at: Math.floor(late ? bytes * (1 - share * 0.1) : bytes * share), fault };
  }
}

test('cut, reset or stalled anywhere, the target holds the old or the new rows, and a retry gives the new ones once', {
  timeout: 3_600_000,
}, async () => {
  const opened = await openThroughProxy();
  const { ask, proxy, engine } = opened;
  proxy.breakAt(Number.POSITIVE_INFINITY, 'cut');
  await (await promoteVersion(opened, 2))();
  const bytes = proxy.passed;
  let version = 2;
  let broken = 0;
  for (const { at, fault } of pointsOf(bytes)) {
    const promote = await promoteVersion(opened, version + 1);
    proxy.breakAt(at, fault);
    const where = `${fault} after ${at} of ${bytes} bytes`;
    const receipt = await promote().catch((thrown: { problem: { code: string } }) => {
      expect(['server_failed', 'locked'], where).toContain(thrown.problem.code);
    });
    broken += proxy.broken;
    const [found] = await ask(asked);
    expect([state(version)[0], state(version + 1)[0]], where).toContainEqual(found);
    if (receipt) expect([receipt.status, found], where).toEqual(['verified', state(version + 1)[0]]);
    proxy.breakAt(Number.POSITIVE_INFINITY, 'cut');
    if (!receipt) await promote();
    expect(await ask(asked), where).toEqual(state(version + 1));
    expect(await ask(`select 1 from pg_namespace where nspname like 'assay_staging%'`), where).toEqual([]);
    version++;
  }
  expect(broken).toBe(points);
  const standing = await ask(
    `select count(*)::int as n from assay_promotions.promotion where status = 'standing'`,
  );
  expect(standing).toEqual([{ n: version }]);
  expect(await engine.promote.receipts({})).toHaveLength(version);
  const kept = await ask(`select count(*)::int as n from pg_namespace where nspname like 'assay_kept%'`);
  expect(kept).toEqual([{ n: 3 }]);
});

test('an answer to the commit that never comes is asked for: it happened, and the receipt says so', async () => {
  const opened = await openThroughProxy();
  const { ask, proxy, engine } = opened;
  const promote = await promoteVersion(opened, 2);
  let cut = false;
  const receipt = await engine.promote.apply(
    { target: 'prod', acceptDestructive: true },
    {
      onProgress: ({ title }) => {
        if (!title?.startsWith('Comparing') || cut) return;
        cut = true;
        proxy.breakBefore('COMMIT');
      },
    },
  );
  expect([cut, proxy.broken, receipt.status]).toEqual([true, 1, 'verified']);
  expect(await ask(asked)).toEqual(state(2));
  expect((await promote()).status).toBe('verified');
  expect(await ask('select count(*)::int as n from assay_promotions.promotion')).toEqual([{ n: 3 }]);
});

test('the server goes down half-way and comes back: the promotion goes on', async () => {
  const opened = await openThroughProxy();
  const { ask, engine } = opened;
  await promoteVersion(opened, 2);
  let restarted: Promise<void> | undefined;
  const receipt = await engine.promote.apply(
    { target: 'prod', acceptDestructive: true },
    {
      onProgress: ({ title }) => {
        if (title?.startsWith('Comparing')) restarted ??= server.kill().then(() => server.restart());
      },
    },
  );
  await restarted;
  expect([receipt.status, await ask(asked)]).toEqual(['verified', state(2)]);
});

test('who cancels while it commits comes too late and hears so; a way back of which no answer comes is found to be done', async () => {
  const opened = await openThroughProxy();
  const { ask, proxy, engine, target } = opened;
  await engine.workspace.saveTarget({
    target: { ...target, user: 'promoter', port: proxy.port, patience: 60 },
  });
  await promoteVersion(opened, 2);
  await ask(`create function wait() returns trigger security definer language plpgsql set lock_timeout = 0 as $$ begin perform pg_advisory_xact_lock(1); return null; end $$;
    create constraint trigger wait after insert on assay_promotions.promotion initially deferred for each row execute function wait()`);
  const holder = new pg.Client({ ...target });
  await holder.connect();
  onTestFinished(() => holder.end());
  await holder.query('select pg_advisory_lock(1)');
  const cancelled = new AbortController();
  const promoting = engine.promote.apply(
    { target: 'prod', acceptDestructive: true },
    { signal: cancelled.signal },
  );
  await expect
    .poll(() => ask(`select 1 from pg_stat_activity where query = 'commit' and wait_event = 'advisory'`))
    .toHaveLength(1);
  cancelled.abort();
  await holder.query('select pg_advisory_unlock(1)');
  expect((await promoting).status).toBe('verified');
  expect(await ask(asked)).toEqual(state(2));
  proxy.breakBefore('COMMIT');
  expect((await engine.promote.rollback({ target: 'prod' })).status).toBe('rolled back');
  expect([proxy.broken, await ask(asked)]).toEqual([1, state(1)]);
  expect((await engine.promote.receipts({})).map(({ status }) => status)).toEqual([
    'rolled back',
    'verified',
  ]);
});
