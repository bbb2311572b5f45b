import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPostgres, type TestPostgres } from '../postgres/start-postgres.ts';
import { openTarget } from './open-target.ts';

let server: TestPostgres;
beforeAll(async () => {
  server = await startPostgres();
});
afterAll(() => server.stop());

const accepted = { target: 'prod', acceptDestructive: true } as const;

async function openPipeline(more = 'amount * 2') {
  const opened = await openTarget(server, 'select 1');
  const { engine, target, dir } = opened;
  const lines = Array.from(
    { length: 300 },
    (_, at) => `${at + 1},c${(at + 1) % 3},${((at + 1) * 1.5).toFixed(2)}`,
  );
  await writeFile(join(dir, 'orders.csv'), `id,city,amount\n${lines.join('\n')}\n`);
  await engine.import.load({ path: 'orders.csv' });
  await engine.pipelines.save({
    pipeline: {
      version: 1,
      name: 'cities',
      steps: [
        { id: 'orders', kind: 'source', params: { table: 'orders' }, inputs: [] },
        {
          id: 'doubled',
          kind: 'sql',
          params: {
            query: `select city, sum(${more}) as double, (select count(*) from orders) as rows from orders group by city`,
          },
          inputs: ['orders'],
        },
        {
          id: 'out',
          kind: 'output',
          params: { table: 'by_city', mode: 'replace', key: [], ends: true },
          inputs: ['doubled'],
        },
      ],
    } as never,
  });
  expect(await engine.pipelines.run({ name: 'cities' })).toMatchObject({ status: 'done' });
  await engine.workspace.saveTarget({ target: { ...target, tables: { by_city: { made: 'there' } } } });
  return opened;
}

test('a table is made there by its pipeline, what it reads goes along, and both sides are the same', async () => {
  const { engine, ask, target, dir } = await openPipeline();
  const plan = await engine.promote.plan({ target: 'prod', tables: ['by_city'] });
  expect(
    plan.changes
      .filter(({ kind }) => kind === 'table')
      .map(({ object }) => object)
      .sort(),
  ).toEqual(['by_city', 'orders']);
  expect(plan.sql).toContain('group by city');
  const receipt = await engine.promote.apply({ target: 'prod', tables: ['by_city'] });
  const made = receipt.tables.find(({ table }) => table === 'by_city');
  expect([receipt.status, made?.madeBy, made?.serverRows, made?.checksumsEqual]).toEqual([
    'verified',
    'cities',
    3,
    true,
  ]);
  const sha256 = async (file: string) =>
    createHash('sha256')
      .update(await readFile(join(dir, file)))
      .digest('hex');
  const file = async (name: string) => ({ file: name, sha256: await sha256(name) });
  expect(receipt.origins).toEqual([
    { table: 'by_city', by: await file('pipelines/cities.yaml'), source: null, reads: ['orders'] },
    { table: 'orders', by: await file('imports/orders.yaml'), source: await file('orders.csv'), reads: [] },
  ]);
  expect(await ask('select city, double::text as double, rows::int as rows from by_city order by 1')).toEqual(
    [
      { city: 'c0', double: '45450.00', rows: 300 },
      { city: 'c1', double: '44850.00', rows: 300 },
      { city: 'c2', double: '45150.00', rows: 300 },
    ],
  );
  await engine.query.run({ text: 'update orders set amount = 0 where id = 1' });
  await expect(engine.promote.apply(accepted)).rejects.toThrow('by_city was made otherwise there by cities');
  expect(await ask('select min(amount)::text as least from orders')).toEqual([{ least: '1.50' }]);
  await engine.pipelines.run({ name: 'cities' });
  expect((await engine.promote.apply(accepted)).status).toBe('verified');

  await ask('drop table by_city');
  const tables = { by_city: { made: 'materialized view' } } as const;
  await engine.workspace.saveTarget({ target: { ...target, tables } });
  expect((await engine.promote.apply({ ...accepted, acceptDrift: true })).status).toBe('verified');
  await ask(`update orders set amount = 1; refresh materialized view by_city`);
  expect(await ask('select distinct double::text as double from by_city')).toEqual([{ double: '200.00' }]);
});

test('what depends on the hour, on functions of this workspace, or on no pipeline, is not made there', async () => {
  const { engine, target } = await openPipeline('extract(epoch from now())');
  await expect(engine.promote.plan({ target: 'prod' })).rejects.toThrow(
    'by_city cannot be made on the target: it depends on now',
  );
  await engine.query.run({
    text: `create table names as select 'c' || n as name from generate_series(0, 2) n`,
  });
  await engine.pipelines.save({
    pipeline: {
      version: 1,
      name: 'cities',
      steps: [
        { id: 'orders', kind: 'source', params: { table: 'orders' } },
        { id: 'names', kind: 'source', params: { table: 'names' } },
        {
          id: 'alike',
          kind: 'fuzzy-join',
          title: 'Names of cities',
          inputs: ['orders', 'names'],
          params: { left: 'city', right: 'name', how: 'trigram', threshold: 0.9 },
        },
        { id: 'out', kind: 'output', inputs: ['alike'], params: { table: 'by_city' } },
      ],
    } as never,
  });
  await engine.pipelines.run({ name: 'cities' });
  await expect(engine.promote.plan({ target: 'prod' })).rejects.toThrow(
    'by_city cannot be made on the target: the step "Names of cities" needs the function similarity',
  );
  await engine.workspace.saveTarget({ target: { ...target, tables: { orders: { made: 'there' } } } });
  await expect(engine.promote.plan({ target: 'prod' })).rejects.toThrow('no pipeline makes it');
});
