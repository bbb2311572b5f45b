import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import command from '../../electron/cli/commands/test.ts';
import { openShop, pipelineOf, sharedShop, shopPipeline } from './open-shop.ts';

const name = 'clean orders';
const shop = sharedShop();

test('a test is made of the tables as they are, is a readable file, and runs without them', async () => {
  const { engine, dir } = await openShop();
  const { pipelines, query } = engine;
  await pipelines.save({ pipeline: shopPipeline });
  expect(await pipelines.makeTest({ name, test: 'as of today', rows: 4 })).toEqual({
    name: 'as of today',
    verdict: 'pass',
    says: '',
  });
  const file = join(dir, 'pipeline-tests', 'clean orders.yaml');
  const text = await readFile(file, 'utf8');
  expect(text).toContain('        - { id: "1", customer_id: "1", amount: "10.50", status: paid }\n');
  expect(text).toContain('      out:\n        rows:\n          - { city: Bern, total: "10.50" }\n');
  await query.run({ text: 'drop table orders; drop table customers' });
  expect(await pipelines.test({ name })).toMatchObject([{ verdict: 'pass' }]);
  await writeFile(file, text.replace('total: "10.50"', 'total: 11'));
  const run = () => command.run({ args: [], options: {}, dir, engine: async () => engine, long: {} });
  expect(await run()).toMatchObject({
    exit: 1,
    json: {
      verdict: 'fail',
      tests: [{ pipeline: name, says: 'out: found city Bern, total 10.5, expected city Bern, total 11' }],
    },
  });
  await writeFile(file, text.replace('total: "10.50"', 'total: 10.5'));
  expect(await run()).toMatchObject({ exit: 0, json: { verdict: 'pass' } });
  await writeFile(file, text.replace('id: integer', 'ident: integer'));
  expect((await pipelines.test({ name }))[0]).toMatchObject({
    verdict: 'error',
    says: expect.stringContaining('"id"'),
  });
  await writeFile(file, text.replace('total: "10.50"', 'total: 10.5'));
  await writeFile(join(dir, 'pipelines', 'broken.yaml'), 'steps: [oops\n');
  expect(await run()).toMatchObject({
    exit: 1,
    json: {
      tests: [
        { pipeline: 'broken', verdict: 'error' },
        { pipeline: name, verdict: 'pass' },
      ],
    },
  });
});

test('a step or a chain is tested, rejects and parameters too, in SQL that reads a table by its name', async () => {
  const { engine, dir } = shop();
  await engine.pipelines.save({
    pipeline: {
      ...pipelineOf([
        { id: 'q', kind: 'source-query', params: { query: 'select id, amount from orders' } },
        { id: 'large', kind: 'filter', inputs: ['q'], params: { condition: 'amount > {{least}}' } },
      ]),
      parameters: [{ name: 'least', type: 'integer', default: '5' }],
    },
  });
  await engine.pipelines.makeTest({ name, test: 'x', outputs: ['large'] });
  expect(await engine.pipelines.makeTest({ name, test: 'alone', step: 'large' })).toMatchObject({
    verdict: 'pass',
  });
  const { tests } = parse(await readFile(join(dir, 'pipeline-tests', 'clean orders.yaml'), 'utf8'));
  const { given, inputs, expect: expected } = tests[1];
  expect([given, inputs.q.columns, inputs.q.rows.length]).toEqual([
    {},
    { id: 'integer', amount: 'numeric' },
    5,
  ]);
  expect([expected.large.rows.length, expected['large.rejects'].rows]).toEqual([
    4,
    [{ id: '3', amount: null }],
  ]);
  await writeFile(
    join(dir, 'pipeline-tests', 'clean orders.yaml'),
    `version: 1
pipeline: clean orders
tests:
  - name: large ones
    params: { least: "7" }
    given:
      orders:
        columns: { id: integer, amount: numeric }
        rows: [{ id: 1, amount: 8 }, { id: 2, amount: 7 }, { id: 3, amount: null }]
    expect:
      large: { rows: [{ id: 1, amount: 8 }] }
      large.rejects: { rows: [{ id: 3, amount: null }, { id: 2, amount: 7.00 }] }
  - name: order counts
    given: { orders: { columns: { id: integer, amount: numeric }, rows: [{ id: 1, amount: 8 }, { id: 2, amount: 9 }] } }
    expect:
      q: { inOrder: true, rows: [{ id: 2, amount: 9 }, { id: 1, amount: 8 }] }
`,
  );
  expect(await engine.pipelines.test({ name })).toEqual([
    { name: 'large ones', verdict: 'pass', says: '' },
    { name: 'order counts', verdict: 'fail', says: 'q: found amount 8, id 1, expected amount 9, id 2' },
  ]);
});

test('a step is tested although others read by a query what is not there', async () => {
  const { engine } = await openShop();
  const pipeline = pipelineOf([
    { id: 'cities', kind: 'source-query', params: { query: 'select id, city from customers' } },
    { id: 'orders', kind: 'source', params: { table: 'orders' } },
    {
      id: 'joined',
      kind: 'join',
      inputs: ['orders', 'cities'],
      params: { on: [{ left: 'customer_id', right: 'id' }] },
    },
    { id: 'paid', kind: 'filter', inputs: ['joined'], params: { condition: 'amount > 7' } },
  ]);
  await engine.pipelines.save({ pipeline });
  await engine.pipelines.makeTest({ name, test: 'large ones', step: 'paid' });
  await engine.query.run({ text: 'drop table orders; drop table customers' });
  expect(await engine.pipelines.test({ name })).toEqual([{ name: 'large ones', verdict: 'pass', says: '' }]);
});

test('rows of views and of tables in formulas are given too; what a test gives no rows of is not read', async () => {
  const { engine, dir } = await openShop();
  const { pipelines, query } = engine;
  const views = (view: string) =>
    pipelineOf(
      [
        { id: 'v', kind: 'source-query', params: { query: `select * from ${view}` } },
        {
          id: 'of_some',
          kind: 'filter',
          inputs: ['v'],
          params: { condition: '(id > 1) and customer_id in (select id from customers)' },
        },
      ],
      'over a view',
    );
  const { name } = await pipelines.save({ pipeline: views('recent') });
  await query.run({ text: 'create view recent as select *, now() as at from orders' });
  const made = await pipelines.makeTest({ name, test: 'x' });
  expect(made).toEqual({ name: 'x', verdict: 'pass', says: '' });
  const file = join(dir, 'pipeline-tests', 'over a view.yaml');
  const text = await readFile(file, 'utf8');
  expect(Object.keys(parse(text).tests[0].given).sort()).toEqual(['customers', 'recent']);
  await query.run({ text: 'drop view recent; drop table orders; drop table customers' });
  expect(await pipelines.test({ name })).toEqual([made]);
  await query.run({ text: 'create table recent as select 1 as id, 2 as customer_id' });
  await writeFile(file, text.replace('      recent:', '      other:'));
  const lacking =
    '"v" reads "recent", of which the test gives no rows. Give rows of it, or make the test anew.';
  expect(await pipelines.test({ name })).toEqual([{ name: 'x', verdict: 'error', says: lacking }]);
  await pipelines.save({ pipeline: views('public.recent') });
  expect((await pipelines.test({ name }))[0]?.says).toContain('Write it without its schema.');
});

test('rows of several tables are taken that belong together, and that get through', async () => {
  const { engine, dir } = shop();
  await engine.query.run({
    text: `
      create table buyers as select i as number, 'buyer ' || i as buyer from generate_series(1, 5000) i;
      create table sales as select i as sale, 5001 - i as number, case when i < 50 then 'void' else 'paid' end as status
        from generate_series(1, 5000) i`,
  });
  const pipeline = pipelineOf(
    [
      { id: 'sales', kind: 'source', params: { table: 'sales' } },
      { id: 'paid', kind: 'filter', inputs: ['sales'], params: { condition: "status = 'paid'" } },
      {
        id: 'some',
        kind: 'source-query',
        params: { query: 'select number, buyer from buyers where number > 7' },
      },
      {
        id: 'sold',
        kind: 'join',
        inputs: ['paid', 'some'],
        params: { how: 'inner', on: [{ left: 'number', right: 'number' }] },
      },
    ],
    'far apart',
  );
  await engine.pipelines.save({ pipeline });
  const made = { name: 'far apart', rows: 4 };
  expect(await engine.pipelines.makeTest({ ...made, test: 'whole' })).toMatchObject({ verdict: 'pass' });
  expect(await engine.pipelines.makeTest({ ...made, test: 'alone', step: 'sold' })).toMatchObject({
    verdict: 'pass',
  });
  const { tests } = parse(await readFile(join(dir, 'pipeline-tests', 'far apart.yaml'), 'utf8'));
  const [whole, alone] = tests;
  const cells = (rows: Record<string, string>[], name: string) => rows.map((row) => row[name]);
  expect(cells(whole.given.sales.rows, 'sale')).toEqual(['1', '49', '50', '51']);
  expect(cells(whole.given.buyers.rows, 'number')).toEqual(['1', '2', '4950', '4951']);
  expect(cells(whole.expect.sold.rows, 'buyer').sort()).toEqual(['buyer 4950', 'buyer 4951']);
  expect(cells(alone.inputs.paid.rows, 'sale')).toEqual(['50', '51', '52', '4994']);
  expect(alone.expect.sold.rows).toEqual([
    { sale: '52', number: '4949', status: 'paid', buyer: 'buyer 4949' },
  ]);
  expect(cells(alone.expect['sold.unmatched_left'].rows, 'sale')).toEqual(['50', '51', '4994']);
});
