import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openShop, pipelineOf, queryRows } from './open-shop.ts';

const name = 'clean orders';
type Shop = Awaited<ReturnType<typeof openShop>>['engine'];

const pipeline = (out: Record<string, unknown>, condition = 'amount > 0') =>
  pipelineOf([
    { id: 'orders', kind: 'source', params: { table: 'orders', since: 'id' } },
    { id: 'paid', kind: 'filter', inputs: ['orders'], params: { condition } },
    { id: 'out', kind: 'output', inputs: ['paid'], params: { table: 'kept', ...out } },
  ]);

/** How the source was read, and the ids that stand in the table. */
async function ran(engine: Shop, asked: { full?: boolean } = {}) {
  const { status, steps, problem } = await engine.pipelines.run({ name, ...asked });
  expect([status, problem]).toEqual(['done', undefined]);
  const rows = await queryRows(engine, 'select id from kept order by _row');
  return [steps[0]?.rows, steps[0]?.why.split('; ')[1], rows.map(({ id }) => id)];
}

const none = { missing: { rows: 0, first: [] }, extra: { rows: 0, first: [] } };
const same = (rows: number) => [{ table: 'kept', rows, earlier: 0, ...none }];

test('only new rows are read and added, and the table is what a full run gives', async () => {
  const { engine } = await openShop();
  await engine.pipelines.save({ pipeline: pipeline({ mode: 'append' }) });
  expect(await ran(engine)).toEqual([
    5,
    'all rows are read, because orders: it has not run yet',
    [1, 2, 4, 5],
  ]);
  await engine.query.run({
    text: `insert into orders (id, customer_id, amount, status) values (6, 1, 8, 'paid'), (7, 1, null, 'paid')`,
  });
  const [told] = await engine.pipelines.explain({ pipeline: pipeline({ mode: 'append' }), params: {} });
  expect(told?.why).toBe('the table orders changed; only its 2 new rows after id 5 are read');
  expect(await ran(engine)).toEqual([2, 'only its 2 new rows after id 5 are read', [1, 2, 4, 5, 6]]);
  expect((await engine.pipelines.lastRun({ name }))?.steps[1]).toMatchObject({ rows: 1, rejects: 1 });
  expect(await engine.pipelines.prove({ name })).toEqual(same(5));
  expect(await ran(engine)).toEqual([2, undefined, [1, 2, 4, 5, 6]]);
  expect((await ran(engine, { full: true })).slice(0, 2)).toEqual([
    7,
    'all rows are read, because a full run was asked for',
  ]);
  expect(await engine.pipelines.prove({ name })).toEqual(same(5));
});

const rows = fc.array(
  fc.tuple(fc.option(fc.integer({ min: -3, max: 9 })), fc.constantFrom("'paid'", "'open'", 'null')),
  { maxLength: 3 },
);

test('what is counted of new rows are the new rows', async () => {
  const { engine } = await openShop();
  await engine.query.run({
    text: `create table visits as select n as id, timestamp '2026-01-01' + n * interval '1 hour' as at, n % 2 as kept from generate_series(1, 10) n`,
  });
  const visits = pipelineOf(
    [
      { id: 'visits', kind: 'source', params: { table: 'visits', since: 'at' } },
      { id: 'paid', kind: 'filter', inputs: ['visits'], params: { condition: 'kept > 0' } },
      { id: 'out', kind: 'output', inputs: ['paid'], params: { table: 'kept', mode: 'append' } },
    ],
    name,
  );
  await engine.pipelines.save({ pipeline: visits });
  await ran(engine);
  await engine.query.run({ text: `insert into visits values (11, '2026-02-01', 1), (12, '2026-02-02', 1)` });
  await ran(engine);
  const run = await engine.pipelines.lastRun({ name });
  expect(run?.steps.map(({ rows, rejects }) => [rows, rejects])).toEqual([
    [2, null],
    [2, 0],
    [2, null],
  ]);
});

test('whatever rows come, in whatever pieces, the table is what a full run gives', async () => {
  const { engine } = await openShop();
  let cases = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(rows, { minLength: 1, maxLength: 3 }),
      fc.constantFrom('amount > 0', "status = 'paid'", 'amount is null or id % 2 = 0', 'true'),
      fc.constantFrom(
        { mode: 'append' },
        { mode: 'upsert', key: ['id'] },
        { mode: 'upsert', key: ['customer_id'] },
      ),
      async (pieces, condition, out) => {
        const [name, table] = [`case ${++cases}`, `kept_${cases}`];
        await engine.pipelines.save({ pipeline: { ...pipeline({ ...out, table }, condition), name } });
        await engine.pipelines.run({ name });
        for (const piece of pieces) {
          const values = piece.map(([amount, status]) => `(${amount}::numeric, ${status})`);
          if (values.length > 0)
            await engine.query.run({
              text: `insert into orders (id, customer_id, amount, status)
                select (select max(id) from orders) + row_number() over (), 1, v.* from (values ${values.join()}) v`,
            });
          expect(await engine.pipelines.run({ name })).toMatchObject({ status: 'done' });
          expect(await engine.pipelines.prove({ name })).toMatchObject([
            { table, missing: { rows: 0 }, extra: { rows: 0 } },
          ]);
        }
      },
    ),
    { numRuns: 5 },
  );
});

test('what new rows alone cannot make right is made anew as a whole, and says why', async () => {
  const { engine } = await openShop();
  await engine.pipelines.save({ pipeline: pipeline({ mode: 'append' }) });
  await ran(engine);
  await engine.query.run({ text: 'delete from orders where id = 2' });
  expect(await ran(engine)).toEqual([
    4,
    'all rows are read, because rows of orders that were read before are not what they were',
    [1, 4, 5],
  ]);
  await engine.pipelines.save({ pipeline: pipeline({ mode: 'append' }, 'amount > 6') });
  await engine.query.run({
    text: `insert into orders (id, customer_id, amount, status) values (8, 1, 9, 'paid')`,
  });
  expect(await ran(engine)).toEqual([
    5,
    'all rows are read, because paid: its setting Condition changed',
    [1, 5, 8],
  ]);
  await engine.query.run({ text: 'update kept set id = 80 where id = 8' });
  expect(await engine.pipelines.prove({ name })).toMatchObject([
    { missing: { rows: 1, first: [{ id: '8' }] }, extra: { rows: 1, first: [{ id: '80' }] } },
  ]);
  await engine.query.run({
    text: `insert into orders (id, customer_id, amount, status) values (9, 1, 9, 'paid')`,
  });
  expect((await ran(engine)).slice(1)).toEqual([
    'all rows are read, because out: the table kept is not as it was written',
    [1, 5, 8, 9],
  ]);
  await engine.query.run({ text: 'update orders set amount = 1 where id = 5' });
  expect((await ran(engine)).slice(1)).toEqual([
    'all rows are read, because rows of orders that were read before are not what they were',
    [1, 8, 9],
  ]);
  await engine.query.run({ text: `alter table orders add column takes interval default '1 month'` });
  await ran(engine);
  await engine.query.run({ text: `update orders set takes = '30 days' where id = 9` });
  expect((await ran(engine))[1]).toBe(
    'all rows are read, because rows of orders that were read before are not what they were',
  );
});

const partners = { how: 'left', on: [{ left: 'customer_id', right: 'id' }] };
const sums = [{ function: 'sum', column: 'amount', name: 'total' }];
const between: readonly [kind: string, params: object, inputs: readonly string[], why: string | undefined][] =
  [
    ['join', partners, ['orders', 'others'], undefined],
    ['join', { ...partners, how: 'right' }, ['orders', 'others'], 'step'],
    ['join', { how: 'inner', on: [{ left: 'id', right: 'id' }] }, ['orders', 'orders'], 'step'],
    ['union', {}, ['orders', 'others'], 'step'],
    ['deduplicate', { by: ['customer_id'] }, ['orders'], 'step'],
    ['aggregate', { by: ['customer_id'], values: sums }, ['orders'], 'step'],
    ['derive', { columns: [{ name: 'sum', expression: 'sum(amount) over ()' }] }, ['orders'], 'step'],
    ['explode', { column: 'status', how: 'separator', separator: 'p' }, ['orders'], undefined],
  ];

test('where a step takes rows together all are read, so that the table is what a full run gives', async () => {
  const { engine } = await openShop();
  for (const [at, [kind, params, inputs, why]] of between.entries()) {
    await engine.query.run({ text: 'delete from orders where id > 5' });
    const pieces = pipelineOf([
      { id: 'orders', kind: 'source', params: { table: 'orders', since: 'id' } },
      ...(inputs.includes('others')
        ? [{ id: 'others', kind: 'source', params: { table: 'customers' } }]
        : []),
      { id: 'step', kind, inputs: [...inputs], params: { ...params } },
      { id: 'out', kind: 'output', inputs: ['step'], params: { table: `kept_${at}`, mode: 'append' } },
    ]);
    await engine.pipelines.save({ pipeline: pieces });
    expect(await engine.pipelines.run({ name })).toMatchObject({ status: 'done' });
    await engine.query.run({
      text: `insert into orders (id, customer_id, amount, status) values (6, 1, 8, 'paid'), (7, 2, 1, 'open')`,
    });
    const { steps } = await engine.pipelines.run({ name });
    expect([kind, steps[0]?.why.split('; ')[1]]).toEqual([
      kind,
      why
        ? `all rows are read, because ${why}: its rows may depend on several others`
        : 'only its 2 new rows after id 5 are read',
    ]);
    expect(await engine.pipelines.prove({ name })).toMatchObject([
      { missing: { rows: 0 }, extra: { rows: 0 } },
    ]);
  }
});

test('a file is written whole, and columns that change their names end an increment', async () => {
  const { engine, dir } = await openShop();
  const both = pipelineOf([
    ...pipeline({ mode: 'append' }).steps,
    { id: 'file', kind: 'export-file', inputs: ['paid'], params: { file: 'paid.csv' } },
  ]);
  await engine.pipelines.save({ pipeline: both });
  await ran(engine);
  const more = (id: number) =>
    engine.query.run({ text: `insert into orders (id, customer_id, amount) values (${id}, 1, 8)` });
  await more(6);
  expect((await ran(engine))[1]).toBe('all rows are read, because file: a file is written as a whole');
  expect((await readFile(join(dir, 'paid.csv'), 'utf8')).trim().split('\n')).toHaveLength(6);
  await engine.pipelines.save({ pipeline: pipeline({ mode: 'append' }) });
  await ran(engine);
  await engine.query.run({
    text: 'alter table orders rename id to x; alter table orders rename customer_id to id; alter table orders rename x to customer_id',
  });
  await engine.query.run({ text: `insert into orders (id, customer_id, amount) values (20, 6, 8)` });
  await ran(engine);
  expect(await engine.pipelines.prove({ name })).toEqual(same(6));
});

test('of several rows of a key the last by the watermark counts, whether rows are added or all come again', async () => {
  const { engine } = await openShop();
  await engine.pipelines.save({ pipeline: pipeline({ mode: 'upsert', key: ['customer_id'] }, 'true') });
  expect((await ran(engine))[2]).toEqual([2, 3, 4, 5]);
  await engine.query.run({
    text: `insert into orders (id, customer_id, amount) values (6, 1, 8), (8, 2, 1), (7, 2, 2)`,
  });
  expect(await ran(engine)).toEqual([3, 'only its 3 new rows after id 5 are read', [6, 8, 4, 5]]);
  expect((await engine.pipelines.lastRun({ name }))?.steps[2]?.why).toMatch(
    /; of several rows of a key the last by id counts$/,
  );
  expect(await engine.pipelines.prove({ name })).toEqual(same(4));
  expect((await ran(engine, { full: true }))[2]).toEqual([6, 8, 4, 5]);
  expect(await engine.pipelines.prove({ name })).toEqual(same(4));
  const [table] = (await engine.tables.list({})).filter((one) => one.name === 'kept');
  expect(table?.rows).toBe(4);
  await engine.query.run({ text: `insert into orders (id, customer_id) values (9, null)` });
  expect((await engine.pipelines.run({ name })).problem?.message).toBe(
    'The key null (customer_id) stands several times or is null; "kept" would not know which row to keep.',
  );
});

test('rows that are equal by the watermark come in the order of the table; keys that come by two ways are read as a whole', async () => {
  const { engine } = await openShop();
  const keyed = (others: Parameters<typeof pipelineOf>[0], mode: object = { mode: 'upsert' }) =>
    pipelineOf([
      { id: 'orders', kind: 'source', params: { table: 'dated', since: 'on_day' } },
      ...others,
      { id: 'out', kind: 'output', inputs: ['step'], params: { table: 'kept', key: ['key'], ...mode } },
    ]);
  const some = { columns: ['id', 'key'].map((column) => ({ column })) };
  const one = { id: 'step', kind: 'select', inputs: ['orders'], params: some };
  await engine.query.run({
    text: `create table dated as select * from (values (1, 'a', date '2026-01-02'), (2, 'b', null), (3, 'a', '2026-01-02'),
      (4, 'b', '2026-01-01'), (5, 'a', '2026-01-01')) v(id, key, on_day)`,
  });
  await engine.pipelines.save({ pipeline: keyed([one]) });
  expect((await ran(engine))[2]).toEqual([4, 3]);
  await engine.query.run({ text: `update dated set _row = 6 where id = 1` });
  expect((await ran(engine)).slice(1)).toEqual([
    'all rows are read, because rows of dated that were read before are not what they were',
    [4, 1],
  ]);
  await engine.query.run({ text: `insert into dated values (6, 'b', '2026-01-03')` });
  expect(await ran(engine)).toEqual([1, 'only its 1 new row after on_day 2026-01-02 is read', [6, 1]]);
  expect(await engine.pipelines.prove({ name })).toEqual(same(2));
  const versions = keyed([one], { mode: 'history', ends: false, table: 'versions' });
  await engine.pipelines.save({ pipeline: { ...versions, name: 'versions' } });
  expect(await engine.pipelines.run({ name: 'versions' })).toMatchObject({ status: 'done' });
  expect(await queryRows(engine, 'select id from versions order by _row')).toEqual([{ id: 6 }, { id: 1 }]);
  expect(await engine.pipelines.prove({ name: 'versions' })).toMatchObject([{ rows: 2, ...none }]);
  const two = keyed([
    { id: 'early', kind: 'filter', inputs: ['orders'], params: { condition: 'id > 1' } },
    { id: 'step', kind: 'union', inputs: ['early', 'early.rejects'] },
  ]);
  await engine.pipelines.save({ pipeline: two });
  const { problem } = await engine.pipelines.run({ name });
  expect(problem?.message).toMatch(/^2 keys \(key\) stand several times/);
  await engine.query.run({ text: 'delete from dated where id not in (1, 6)' });
  await ran(engine);
  await engine.query.run({ text: `insert into dated values (7, 'c', '2026-01-04')` });
  expect((await ran(engine)).slice(1)).toEqual([
    'all rows are read, because out: rows of one key may come to it by several ways',
    [6, 7, 1],
  ]);
});

test('a table that would lose its rows, a reader of all rows, and a part of a run are refused', async () => {
  const { engine } = await openShop();
  const problems = async (of: Parameters<typeof pipelineOf>[0]) =>
    (await engine.pipelines.describe({ pipeline: pipelineOf(of) })).flatMap((step) =>
      step.problems.map(({ message }) => `${step.id}: ${message}`),
    );
  const growing = { id: 'new', kind: 'source', params: { table: 'orders', since: 'id' } };
  expect(
    await problems([growing, { id: 'out', kind: 'output', inputs: ['new'], params: { table: 'kept' } }]),
  ).toEqual(['out: Only new rows come to it, and it would keep no others.']);
  expect(await problems([growing, { id: 'all', kind: 'source', params: { table: 'orders' } }])).toEqual([
    'all: "new" reads only the new rows of "orders", and this step reads others.',
  ]);
  await engine.pipelines.save({ pipeline: pipeline({ mode: 'append' }) });
  expect((await engine.pipelines.run({ name, to: 'paid' })).problem?.message).toBe(
    '"clean orders" reads only rows that are new, so it runs as a whole.',
  );
});

test('rows of earlier runs that no run takes away are proven apart', async () => {
  const { engine } = await openShop();
  const ways = [
    [{ mode: 'upsert', key: ['id'] }, 5, 1],
    [{ mode: 'history', key: ['id'], ends: false }, 6, 2],
    [{ mode: 'history', key: ['id'] }, 6, 2],
    [{ mode: 'append' }, 9, 5],
  ] as const;
  const all = ways.map(([out], at) => ({
    id: `out_${at}`,
    kind: 'output',
    inputs: ['orders'],
    params: { table: `kept_${at}`, ...out },
  }));
  await engine.pipelines.save({
    pipeline: pipelineOf([{ id: 'orders', kind: 'source', params: { table: 'orders' } }, ...all]),
  });
  await engine.pipelines.run({ name });
  await engine.query.run({
    text: 'delete from orders where id = 1; update orders set amount = 1 where id = 2',
  });
  const [upsert, , history] = await engine.pipelines.prove({ name });
  expect([upsert?.missing.rows, upsert?.extra.rows, upsert?.earlier]).toEqual([1, 1, 1]);
  expect([history?.missing.rows, history?.extra.rows, history?.earlier]).toEqual([1, 2, 0]);
  await engine.pipelines.run({ name });
  expect(await engine.pipelines.prove({ name })).toMatchObject(
    ways.map(([, rows, earlier]) => ({ rows, earlier, missing: { rows: 0 }, extra: { rows: 0 } })),
  );
});
