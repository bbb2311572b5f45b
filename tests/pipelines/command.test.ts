import { existsSync } from 'node:fs';
import { link, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import run from '../../electron/cli/commands/run.ts';
import assayTest from '../../electron/cli/commands/test.ts';
import { FilePlacing } from '../../electron/engine/pipelines/write/place-files.ts';
import { notePlacing } from '../../electron/engine/pipelines/write/placing-journal.ts';
import { openWorkspace } from '../../electron/engine/workspace/workspace.ts';
import { sql } from '../../shared/sql.ts';
import type { TestEngine } from '../open-test-engine.ts';
import { openTestEngine } from '../open-test-engine.ts';
import { openShop, pipelineOf, queryRows, shopPipeline } from './open-shop.ts';

const assayRun = (
  { engine, dir }: TestEngine,
  name: string,
  options: { to?: string; full?: boolean; prove?: boolean } = {},
) => run.run({ args: [name], options, dir, engine: async () => engine, long: {} });

test('says what each step did; ends with 0 where all did, with 1 where one failed, with 2 where the pipeline is not right', async () => {
  const shop = await openShop();
  await shop.engine.pipelines.save({ pipeline: shopPipeline });
  const done = await assayRun(shop, 'clean orders', { full: true });
  expect(done.exit).toBe(0);
  expect(done.json).toMatchObject({
    pipeline: 'clean orders',
    status: 'done',
    steps: [
      {
        id: 'orders',
        kind: 'source',
        status: 'ran',
        rows: 5,
        ms: expect.any(Number),
        why: 'a full run was asked for',
      },
      { id: 'customers' },
      { id: 'paid', rows: 2, rejects: 3 },
      { id: 'with_city' },
      { id: 'by_city' },
      { id: 'out', rows: 2 },
      { id: 'unpaid', rows: 3 },
    ],
  });
  expect(done.text).toMatch(/^paid +filter +ran +2 +3 +\d+ {2}a full run was asked for$/m);
  await shop.engine.query.run({ text: 'alter table orders drop column amount' });
  const failed = await assayRun(shop, 'clean orders');
  expect(failed.exit).toBe(2);
  expect(failed.json).toMatchObject({
    status: 'failed',
    refused: true,
    problem: { message: 'There is no column "amount" in "orders".' },
  });
  expect(failed.text).toContain('Columns there: id, customer_id, status.');
  await expect(assayRun(shop, 'nothing')).rejects.toMatchObject({ problem: { code: 'not_found' } });
  const circle = pipelineOf(
    [
      { id: 'one', kind: 'filter', inputs: ['two'], params: { condition: 'true' } },
      { id: 'two', kind: 'filter', inputs: ['one'], params: { condition: 'true' } },
      { id: 'out', kind: 'output', inputs: ['two'], params: { table: 'round' } },
    ],
    'circle',
  );
  await shop.engine.pipelines.save({ pipeline: circle });
  const round = await assayRun(shop, 'circle');
  expect([round.exit, round.text]).toEqual([
    2,
    expect.stringContaining('by way of other steps, what it makes itself'),
  ]);
  const halves = [
    ...shopPipeline.steps.slice(0, 2),
    {
      id: 'half',
      kind: 'derive',
      inputs: ['customers'],
      params: { columns: [{ name: 'h', expression: '1 / (id - 2)' }] },
    },
    { id: 'out', kind: 'output', inputs: ['half'], params: { table: 'halves' } },
  ];
  await shop.engine.pipelines.save({ pipeline: pipelineOf(halves, 'halves') });
  const broken = await assayRun(shop, 'halves');
  expect([broken.exit, broken.text]).toEqual([
    1,
    expect.stringContaining('{"id":"2","name":"Bob","city":null}'),
  ]);
  const renamed = [
    { id: 'source', kind: 'source', inputs: [], params: { table: 'customers' } },
    {
      id: 'texts',
      kind: 'sql',
      inputs: ['source'],
      params: { query: 'select id, upper(name) as n from source' },
    },
    { id: 'cast', kind: 'sql', inputs: ['texts'], params: { query: 'select id, n::int as n from texts' } },
    { id: 'out', kind: 'output', inputs: ['cast'], params: { table: 'numbers' } },
  ];
  await shop.engine.pipelines.save({ pipeline: pipelineOf(renamed, 'renamed') });
  expect((await assayRun(shop, 'renamed')).text).toContain('integer: "ADA"');
  await mkdir(join(shop.dir, 'checks'), { recursive: true });
  await writeFile(
    join(shop.dir, 'checks', 'customers.yaml'),
    'schema: [{ name: customers, properties: [{ name: name, private: true }] }]\n',
  );
  const shy = await assayRun(shop, 'renamed');
  expect(`${shy.text}${JSON.stringify(shy.json)}`).not.toMatch(/ADA|BOB/);
  expect(shy.text).toContain('"n":"•••"}');
  expect((await assayRun(shop, 'halves')).text).toContain('{"id":"2","name":"•••","city":null}');
  const copied = [
    { id: 'source', kind: 'source', inputs: [], params: { table: 'customers' } },
    { id: 'said', kind: 'sql', inputs: ['source'], params: { query: 'select id, name as who from source' } },
    { id: 'out', kind: 'output', inputs: ['said'], params: { table: 'people' } },
  ];
  await shop.engine.pipelines.save({ pipeline: pipelineOf(copied, 'copied') });
  await assayRun(shop, 'copied');
  const { dir, engine } = shop;
  const test = (options: { add?: string; withPrivate?: boolean }, name = 'copied') =>
    assayTest.run({ args: [name], options, dir, engine: async () => engine, long: {} });
  const failing = await test({ add: 'now', withPrivate: true }, 'renamed').catch((thrown) =>
    JSON.stringify(thrown.problem),
  );
  expect(failing).toContain('•••');
  expect(failing).not.toMatch(/ADA|BOB/);
  await expect(test({ add: 'now' })).rejects.toMatchObject({
    problem: { message: expect.stringContaining('private columns: source.name, said.who, out.who.') },
  });
  expect(existsSync(join(shop.dir, 'pipeline-tests', 'copied.yaml'))).toBe(false);
  expect(await test({ add: 'now', withPrivate: true })).toMatchObject({
    exit: 0,
    text: expect.stringContaining(
      'The new test may hold values of private columns: source.name, said.who, out.who.',
    ),
  });
  const file = join(shop.dir, 'pipeline-tests', 'copied.yaml');
  await shop.engine.query.run({ text: `update people set who = 'Eve' where id = 1` });
  const proof = await assayRun(shop, 'copied', { prove: true });
  expect(proof.exit).toBe(1);
  expect(proof.text).toContain('  missing: {"id":"1","who":"•••"}\n  not of it: {"id":"1","who":"•••"}\n');
  expect(JSON.stringify(proof.json)).not.toMatch(/Ada|Eve/);
  await writeFile(file, (await readFile(file, 'utf8')).replace('who: Ada', 'who: Eve'));
  const tested = await test({});
  expect([tested.exit, `${tested.text}${JSON.stringify(tested.json)}`]).toEqual([
    1,
    expect.not.stringMatching(/Ada|Eve/),
  ]);
  expect(tested.text).toContain('They are not shown, because these columns are private: out.who.');
});

test('a run that died is told as cancelled, what it had staged is gone, and its files are as they were', async () => {
  const shop = await openShop();
  const pipeline = pipelineOf([
    { id: 'orders', kind: 'source', params: { table: 'orders' } },
    { id: 'out', kind: 'output', inputs: ['orders'], params: { table: 'copy' } },
  ]);
  await shop.engine.pipelines.save({ pipeline });
  await shop.close();
  const died = await openWorkspace({ dir: shop.dir });
  await died.database.run(sql`insert into assay.runs (pipeline, status) values ('clean orders', 'running')`);
  await died.database.run(sql`create table assay.run_1_1 as select 1 as a`);
  await died.database.run(sql`insert into assay.runs (pipeline, status) values ('another', 'done')`);
  const file = (name: string) => join(shop.dir, name);
  const put = async (run: number, names: readonly string[]) => {
    for (const name of names) await writeFile(file(`${name}.half`), 'new');
    const placing = new FilePlacing(shop.dir, run);
    const waiting = { step: 'x', mark: '' };
    await placing.place(
      names.map((name) => ({ ...waiting, file: name, half: file(`${name}.half`), place: file(name) })),
    );
  };
  for (const name of ['a.csv', 'c.csv']) await writeFile(file(name), 'before');
  await put(1, ['a.csv', 'b.csv']);
  await put(2, ['c.csv']);
  // Killed between the second name of what stood there and the renaming.
  for (const name of ['d.csv', 'd.half']) await writeFile(file(name), 'before');
  await link(file('d.csv'), file('d.csv.before'));
  const between = { place: file('d.csv'), half: file('d.half'), before: file('d.csv.before'), stood: true };
  await notePlacing(shop.dir, { run: 9, files: [between] });
  expect(await readFile(file('b.csv'), 'utf8')).toBe('new');
  await died.close();
  const { engine } = await openTestEngine(shop.dir);
  expect(await engine.pipelines.lastRun({ name: 'clean orders' })).toMatchObject({
    status: 'cancelled',
    problem: {
      code: 'engine_lost',
      message: 'The app stopped while it ran. What it writes stayed as it was.',
    },
  });
  expect(await queryRows(engine, `select to_regclass('assay.run_1_1')::text as stage`)).toEqual([
    { stage: null },
  ]);
  const left = (await readdir(shop.dir)).filter((name) => name.includes('.csv')).sort();
  expect(left).toEqual(['a.csv', 'c.csv', 'd.csv']);
  expect([await readFile(file('a.csv'), 'utf8'), await readFile(file('c.csv'), 'utf8')]).toEqual([
    'before',
    'new',
  ]);
  expect(await readdir(file('.assay/placing'))).toEqual([]);
});

test('a run goes on where another call restarted the database in its middle', async () => {
  const shop = await openShop();
  const pipeline = pipelineOf([
    { id: 'orders', kind: 'source', params: { table: 'orders' } },
    { id: 'once', kind: 'sql', inputs: ['orders'], params: { query: 'select id, amount from orders' } },
    {
      id: 'slow',
      kind: 'sql',
      inputs: ['once'],
      params: { query: 'select id, pg_sleep(0.2) is null as slept from once' },
    },
    { id: 'a', kind: 'output', inputs: ['slow'], params: { table: 'a' } },
    { id: 'b', kind: 'output', inputs: ['once'], params: { table: 'b' } },
  ]);
  await shop.engine.pipelines.save({ pipeline });
  const running = shop.engine.pipelines.run({ name: 'clean orders' });
  const abort = new AbortController();
  const other = shop.engine.query
    .run({ text: 'select pg_sleep(30)' }, { signal: abort.signal })
    .catch(() => 'cancelled');
  setTimeout(() => abort.abort(), 2500);
  expect(await other).toBe('cancelled');
  const result = await running;
  expect(result.status).toBe('done');
  expect(result.steps.map(({ rows }) => rows)).toEqual([5, 5, 5, 5, 5]);
});
