import { existsSync, readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { expect, onTestFinished, test } from 'vitest';
import { writeShop } from '../../electron/setup/sample/shop.ts';
import { scratchFolder } from '../open-test-engine.ts';
import { startPostgres } from '../postgres/start-postgres.ts';
import { assay } from './run-cli.ts';

test('the road headless, on a copy of the sample, rehearsed in a folder', { timeout: 300_000 }, async () => {
  const { exit, json } = await assay(await scratchFolder(), 'road', '--json');
  const { ok, stations } = json() as { ok: boolean; stations: { station: string; ok: boolean }[] };
  expect(stations.map((station) => [station.station, station.ok])).toEqual(
    ['import', 'table', 'query', 'pipeline', 'checks', 'search', 'promote'].map((name) => [name, true]),
  );
  expect([exit, ok]).toEqual([0, true]);
});

test('the road command by command, to a real server', { timeout: 300_000 }, async () => {
  const server = await startPostgres();
  onTestFinished(() => server.stop());
  const dir = join(await scratchFolder(), 'Shop');
  writeShop(dir);
  const settings = `version: 1\nname: Shop\ntargets:\n  - { name: prod, kind: postgres, host: ${server.host}, port: ${server.port}, database: postgres, user: ${server.user}, tls: disable }\n`;
  await writeFile(join(dir, 'assay.yaml'), settings);
  const files = readdirSync(join(dir, 'data')).map((name) => join('data', name));

  const imported = await assay(dir, 'import', ...files, '--json');
  const { tables, failures } = imported.json() as {
    tables: { table: string; account: Record<string, number> }[];
    failures: unknown[];
  };
  expect([imported.exit, failures]).toEqual([0, []]);
  for (const { account } of tables) {
    expect(account['physical']).toBe(account['loaded']! + account['rejected']! + account['skipped']!);
  }
  expect(tables.map(({ table, account }) => [table, account['loaded'], account['rejected']]).sort()).toEqual([
    ['customers', 1201, 1],
    ['order_items', 22_441, 1],
    ['orders', 9100, 0],
    ['product_events', 50_000, 0],
    ['products', 180, 0],
    ['support_tickets', 2400, 0],
  ]);

  const asked = await assay(
    dir,
    'query',
    'select count(*) as n, sum(quantity)::numeric as q from order_items',
    '--json',
  );
  expect(asked.exit).toBe(0);
  expect(JSON.parse(asked.stdout)).toEqual([{ n: 22_441, q: expect.any(String) }]);

  const run = await assay(dir, 'run', 'order-revenue', '--json');
  expect([run.exit, run.json()['status']]).toEqual([0, 'done']);

  const checked = await assay(dir, 'check', '--json');
  expect([checked.exit, checked.json()['verdict']]).toEqual([1, 'fail']);

  const embedded = await assay(
    dir,
    'embed',
    'support_tickets',
    '--columns',
    'subject',
    '--collection',
    'tickets',
    '--json',
  );
  expect(embedded.exit).toBe(0);
  const found = await assay(dir, 'search', 'my parcel arrived broken', '--limit', '3', '--json');
  expect(found.json()).toMatchObject({ stale: 0, gone: 0, outdated: 0 });
  const { results } = found.json() as { results: { score: number; content: string }[] };
  expect(results).toHaveLength(3);
  const measured = (await assay(dir, 'index', '--json')).json();
  expect(measured['recall']).toMatchObject({ kind: 'exact', recall: 1, nearest: 10 });
  const labelled = await assay(dir, 'label', 'priority', '--json');
  expect(labelled.json()).toMatchObject({ table: 'support_tickets', column: 'priority', written: null });

  const stopped = await assay(dir, 'promote', 'prod', '--apply', '--json');
  expect(stopped.exit).toBe(1);
  const promoted = await assay(dir, 'promote', 'prod', '--apply', '--accept-failing', '--json');
  expect([promoted.exit, promoted.json()['status']]).toEqual([0, 'verified']);
  expect(existsSync(join(dir, String(promoted.json()['receipt'])))).toBe(true);

  const client = new pg.Client({ connectionString: server.connectionString });
  await client.connect();
  const { rows } = await client.query(`
    select (select count(*)::int from order_items) as items,
      (select count(*)::int from collections.tickets) as tickets,
      (select near.content = first.content from (select * from collections.tickets order by id limit 1) as first,
        lateral (select content from collections.tickets order by embedding <=> first.embedding, id limit 1) as near) as near`);
  expect(rows).toEqual([{ items: 22_441, tickets: 2396, near: true }]);

  await client.query('delete from order_items where ctid = (select min(ctid) from order_items)');
  await client.end();
  const verified = await assay(dir, 'promote', 'prod', '--verify', '--json');
  expect([verified.exit, verified.json()['status']]).toEqual([1, 'differs']);
  const undone = await assay(dir, 'promote', 'prod', '--rollback', '--json');
  expect([undone.exit, undone.json()['status']]).toEqual([0, 'rolled back']);
});

test('wrong requests end with 2, one JSON document and what to do', { timeout: 300_000 }, async () => {
  const dir = await scratchFolder();
  const outside = await assay(dir, 'tables', '--json');
  expect([outside.exit, outside.json()]).toEqual([
    2,
    { problem: expect.objectContaining({ code: 'not_found', hint: expect.stringContaining('assay init') }) },
  ]);
  expect((await assay(dir, 'init', '--json')).exit).toBe(0);
  for (const [words, code] of [
    [['nonsense'], 'bad_input'],
    [['profile', 'no_such_table'], 'not_found'],
    [['query', 'selec 1'], 'sql_failed'],
    [['run', 'nothing'], 'not_found'],
    [['search', 'x'], 'not_found'],
    [['promote', 'nowhere'], 'not_found'],
    [['tables', '--no-such-option'], 'bad_input'],
    [['search', ' '], 'bad_input'],
    [['query', 'select generate_series(1, 3)', '--limit', 'all'], 'bad_input'],
  ] as const) {
    const failed = await assay(dir, ...words, '--json');
    expect([words, failed.exit, (failed.json()['problem'] as { code: string }).code]).toEqual([
      words,
      2,
      code,
    ]);
  }
  const many = await assay(
    dir,
    '--workspace',
    dir,
    'query',
    'select generate_series(1, 150000) as n',
    '--json',
  );
  expect([many.exit, (JSON.parse(many.stdout) as unknown[]).length]).toEqual([0, 150_000]);
  const table = await assay(dir, 'query', 'select generate_series(1, 150000) as n');
  expect([table.exit, table.stdout.trimEnd().split('\n').at(-1)]).toEqual([0, '150,000 rows']);
  const missing = await assay(dir, 'import', 'gone.csv', '--json');
  expect([missing.exit, missing.json()['tables']]).toEqual([2, []]);
});
