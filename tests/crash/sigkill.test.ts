import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { appFile } from '../../electron/engine/app-files.ts';
import { openWorkspace } from '../../electron/engine/workspace/workspace.ts';
import type { Engine } from '../../shared/contract/index.ts';
import { ident, sql } from '../../shared/sql.ts';
import { openTestEngine, scratchFolder } from '../open-test-engine.ts';

/** One command per station that writes; each is killed twice, at a random moment of its work. */
const stations = [
  ['import', 'data/order_items.csv', '--mode', 'replace'],
  ['run', 'order-revenue', '--full'],
  ['check'],
  ['embed', 'support_tickets', '--columns', 'subject', '--collection', 'subjects'],
  ['promote', 'rehearsal', '--apply', '--accept-failing', '--accept-destructive'],
] as const;

/** Starts the command and kills it: within the first tenth of a second or after some seconds, all alike likely. */
async function killed(dir: string, words: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [appFile('dist/cli.js'), ...words, '--workspace', dir], {
    cwd: dir,
    stdio: 'ignore',
  });
  const ms = 300 + Math.random() * 4000;
  const ended = once(child, 'exit');
  await Promise.race([sleep(ms), ended]);
  child.kill('SIGKILL');
  await ended;
  return Math.round(ms);
}

/** Everything that must hold of a workspace whatever happened to it. */
async function expectWhole(dir: string): Promise<void> {
  const { engine, close } = await openTestEngine(dir);
  const tables = await engine.tables.list({});
  expect(tables.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['customers', 'order_items', 'orders']),
  );
  for (const { name, rows } of tables) {
    const page = await engine.tables.page({ source: { of: 'table', table: name }, offset: 0, limit: 1 });
    expect([name, page.total]).toEqual([name, rows]);
  }
  const { account } = (await engine.import.latest({ table: 'order_items' })) ?? {};
  expect(account?.physical).toBe((account?.loaded ?? 0) + (account?.rejected ?? 0) + (account?.skipped ?? 0));
  expect(tables.find(({ name }) => name === 'order_items')?.rows).toBe(account?.loaded);
  await expectFilesRead(engine);
  for (const { name } of await engine.search.list({})) {
    const { results } = await engine.search.find({ text: 'broken parcel', collection: name, limit: 1 });
    expect(results.length).toBeLessThanOrEqual(1);
  }
  await close();
  await expectNoLeftovers(dir);
}

async function expectFilesRead(engine: Engine): Promise<void> {
  expect((await engine.pipelines.list({})).filter(({ problem }) => problem)).toEqual([]);
  expect((await engine.checks.list({})).filter(({ problem }) => problem)).toEqual([]);
  for (const { name } of await engine.pipelines.list({})) {
    expect(['done', 'failed', 'cancelled']).toContain((await engine.pipelines.lastRun({ name }))?.status);
  }
}

/** No table that the catalog does not know, none half written, `_row` whole, no run that still runs. */
async function expectNoLeftovers(dir: string): Promise<void> {
  const { database, close } = await openWorkspace({ dir });
  try {
    const strangers = await database.query(sql`
      select c.relname from pg_class c where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace
        and not exists (select from assay.tables t where t.name = c.relname)`);
    expect(strangers).toEqual([]);
    const schemas = await database.query<{ name: string }>(
      sql`select nspname as name from pg_namespace where nspname !~ '^(pg_|information_schema)' order by 1`,
    );
    expect(schemas.map(({ name }) => name).filter((name) => /stag/.test(name))).toEqual([]);
    expect(await database.query(sql`select id from assay.runs where status = 'running'`)).toEqual([]);
    for (const { name } of await database.query<{ name: string }>(sql`select name from assay.tables`)) {
      const [count] = await database.query<{ rows: number; addresses: number }>(
        sql`select count(*)::int as rows, count(distinct _row)::int as addresses from ${ident(name)}`,
      );
      expect([name, count?.addresses]).toEqual([name, count?.rows]);
    }
  } finally {
    await close();
  }
}

/** The folder promoted to: what was there is whole, and a promotion goes through afterwards. */
async function expectTargetWhole(dir: string): Promise<void> {
  const target = join(dir, '..', 'Shop-rehearsal');
  if (!existsSync(join(target, 'assay.yaml'))) return;
  const { database, close } = await openWorkspace({ dir: target, create: true });
  const found = await database.query<{ rows: number }>(
    sql`select c.reltuples::int as rows from pg_class c where c.relname = 'orders' and c.relnamespace = 'public'::regnamespace`,
  );
  if (found.length > 0) {
    expect(await database.query(sql`select count(*)::int as rows from orders`)).toEqual([{ rows: 9100 }]);
  }
  await close();
}

test('killed at ten random moments, the workspace opens whole each time', { timeout: 400_000 }, async () => {
  const dir = join(await scratchFolder(), 'Shop');
  const sample = await openWorkspace({ dir, create: true, sample: true });
  await sample.close();
  for (const words of [...stations, ...stations]) {
    const ms = await killed(dir, words);
    await expectWhole(dir).catch((thrown: Error) => {
      throw new Error(`after \`assay ${words.join(' ')}\` was killed at ${ms} ms: ${thrown.message}`, {
        cause: thrown,
      });
    });
    await expectTargetWhole(dir);
  }
  const { engine } = await openTestEngine(dir);
  const receipt = await engine.promote.apply({
    target: 'rehearsal',
    acceptFailing: true,
    acceptDestructive: true,
  });
  expect(receipt.status).toBe('verified');
});
