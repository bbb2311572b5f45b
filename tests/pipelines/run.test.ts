import { expect, test } from 'vitest';
import { openShop, pipelineOf, queryRows, shopPipeline } from './open-shop.ts';

test('a run writes all of its tables and tells the rows of each step', async () => {
  const { engine } = await openShop();
  await engine.pipelines.save({ pipeline: shopPipeline });
  const progress: string[] = [];
  const result = await engine.pipelines.run(
    { name: 'clean orders' },
    { onProgress: ({ title, done, total }) => progress.push(`${title} ${done}/${total}`) },
  );
  expect(result).toMatchObject({ pipeline: 'clean orders', status: 'done' });
  expect(
    result.steps.map(({ id, kind, status, rows, rejects, why }) => [id, kind, status, rows, rejects, why]),
  ).toEqual([
    ['orders', 'source', 'ran', 5, null, 'it has not run yet'],
    ['customers', 'source', 'ran', 3, null, 'it has not run yet'],
    ['paid', 'filter', 'ran', 2, 3, 'it has not run yet'],
    ['with_city', 'join', 'ran', 2, null, 'it has not run yet'],
    ['by_city', 'aggregate', 'ran', 2, null, 'it has not run yet'],
    ['out', 'output', 'ran', 2, null, 'it has not run yet'],
    ['unpaid', 'output', 'ran', 3, null, 'it has not run yet'],
  ]);
  expect(progress[0]).toBe('Running orders 0/7');
  expect(await queryRows(engine, 'select * from city_totals order by _row')).toEqual([
    { _row: 1n, city: 'Basel', total: '7.00' },
    { _row: 2n, city: 'Bern', total: '10.50' },
  ]);
  expect(await queryRows(engine, 'select id from unpaid_orders order by _row')).toEqual([
    { id: 2 },
    { id: 3 },
    { id: 4 },
  ]);
  const tables = await engine.tables.list({});
  expect(tables.find(({ name }) => name === 'unpaid_orders')).toMatchObject({
    origin: 'pipeline',
    source: 'clean orders',
    rows: 3,
  });
  expect(await engine.pipelines.lastRun({ name: 'clean orders' })).toEqual(result);
  expect((await engine.pipelines.list({}))[0]?.lastRun?.status).toBe('done');
});

test('rows come in the order of the table, also where a change moved them, and joins keep it', async () => {
  const { engine } = await openShop();
  await engine.query.run({
    text: `create table twice as select * from (values (1, 'a'), (1, 'b'), (3, 'c')) v(id, says)`,
  });
  await engine.query.run({
    text: `update orders set status = status where id in (1, 3); update twice set says = says where says = 'a'`,
  });
  expect(await queryRows(engine, 'select id from orders limit 1')).toEqual([{ id: 2 }]);
  const value = (kind: string, column: string) => ({ function: kind, column, name: kind });
  const made: readonly (readonly [string, string, string[], Record<string, unknown>])[] = [
    ['first', 'top', ['orders'], { rows: 2 }],
    ['kept', 'deduplicate', ['orders'], { by: ['customer_id'], keep: 'last' }],
    ['numbered', 'row-id', ['orders'], { name: 'n', how: 'number' }],
    [
      'grouped',
      'aggregate',
      ['orders'],
      {
        by: ['customer_id'],
        values: [
          value('first', 'id'),
          value('last', 'id'),
          value('list', 'id'),
          value('count_distinct', 'amount'),
        ],
      },
    ],
    ['wide', 'join', ['orders', 'twice'], { how: 'left', on: [{ left: 'customer_id', right: 'id' }] }],
    ['placed', 'row-id', ['wide'], { name: 'n', how: 'number' }],
    ['lone', 'row-id', ['wide.unmatched_left'], { name: 'n', how: 'number' }],
    [
      'looked',
      'lookup',
      ['orders', 'twice'],
      { on: [{ left: 'customer_id', right: 'id' }], take: [{ column: 'says' }] },
    ],
    [
      'within',
      'window',
      ['orders'],
      { values: [{ function: 'row_number', name: 'n' }], by: ['customer_id'], frame: 'running' },
    ],
  ];
  await engine.pipelines.save({
    pipeline: pipelineOf([
      { id: 'orders', kind: 'source', params: { table: 'orders' } },
      { id: 'twice', kind: 'source', params: { table: 'twice' } },
      ...made.map(([id, kind, inputs, params]) => ({ id, kind, inputs, params })),
      ...made.map(([id]) => ({
        id: `out_${id}`,
        kind: 'output',
        inputs: [id],
        params: { table: `t_${id}` },
      })),
    ]),
  });
  expect((await engine.pipelines.run({ name: 'clean orders' })).problem).toBeUndefined();
  const told = async (id: string, cells: string) =>
    (await queryRows(engine, `select concat_ws(' ', ${cells}) as t from t_${id} order by _row`)).map(
      ({ t }) => t,
    );
  expect(await told('first', 'id')).toEqual(['1', '2']);
  expect(await told('kept', 'id')).toEqual(['2', '3', '4', '5']);
  expect(await told('numbered', 'n, id')).toEqual(['1 1', '2 2', '3 3', '4 4', '5 5']);
  expect(await told('grouped', 'customer_id, first, last, list')).toEqual([
    '1 1 2 1, 2',
    '2 3 3 3',
    '3 5 5 5',
    '9 4 4 4',
  ]);
  expect(await told('placed', 'n, id, says')).toEqual([
    '1 1 a',
    '2 1 b',
    '3 2 a',
    '4 2 b',
    '5 3',
    '6 4',
    '7 5 c',
  ]);
  expect(await told('lone', 'n, id')).toEqual(['1 3', '2 4']);
  expect((await told('looked', 'id, says')).sort()).toEqual(['1 a', '2 a', '3', '4', '5 c']);
  expect((await told('within', 'id, n')).sort()).toEqual(['1 1', '2 2', '3 1', '4 1', '5 1']);
});

test('a second run replaces the tables', async () => {
  const { engine } = await openShop();
  await engine.pipelines.save({ pipeline: shopPipeline });
  await engine.pipelines.run({ name: 'clean orders' });
  await engine.query.run({ text: `update orders set status = 'paid'` });
  await engine.pipelines.run({ name: 'clean orders' });
  expect(await queryRows(engine, 'select count(*)::int as n from unpaid_orders')).toEqual([{ n: 1 }]);
  expect(
    await queryRows(
      engine,
      `select relname::text from pg_class where relname like 'run\\_%\\_%' and relkind = 'r'`,
    ),
  ).toEqual([]);
});

test('a step that fails is named with the reason, and no table changes', async () => {
  const { engine } = await openShop();
  const pipeline = pipelineOf([
    { id: 'orders', kind: 'source', params: { table: 'orders' } },
    { id: 'ids', kind: 'output', inputs: ['orders'], params: { table: 'order_ids' } },
    {
      id: 'ratio',
      kind: 'derive',
      inputs: ['orders'],
      params: { columns: [{ name: 'r', expression: '1 / (id - 3)' }] },
    },
    { id: 'late', kind: 'filter', inputs: ['ratio'], params: { condition: 'true' } },
    { id: 'out', kind: 'output', inputs: ['late'], params: { table: 'ratios' } },
  ]);
  await engine.pipelines.save({ pipeline });
  const result = await engine.pipelines.run({ name: 'clean orders' });
  expect(result).toMatchObject({
    status: 'failed',
    problem: { code: 'sql_failed', message: 'division by zero' },
    failure: {
      step: 'ratio',
      sql: expect.stringContaining('1 / (id - 3)'),
      input: 'orders',
      rows: [{ id: '3', customer_id: '2', amount: null, status: 'paid' }],
    },
  });
  expect(result.steps.map(({ id, status, why }) => [id, status, why])).toEqual([
    ['orders', 'ran', 'done before the run failed; nothing of it was kept'],
    ['ids', 'ran', 'done before the run failed; nothing of it was kept'],
    ['ratio', 'failed', 'division by zero'],
    ['late', 'skipped', 'not done: the run failed'],
    ['out', 'skipped', 'not done: the run failed'],
  ]);
  expect((await engine.tables.list({})).map(({ name }) => name)).toEqual(['customers', 'orders']);
  expect(await engine.pipelines.lastRun({ name: 'clean orders' })).toEqual(result);
});

test('a run to a step leaves what lies beyond', async () => {
  const { engine } = await openShop();
  await engine.pipelines.save({ pipeline: shopPipeline });
  const { steps } = await engine.pipelines.run({ name: 'clean orders', to: 'with_city' });
  expect(steps.map(({ id, status, rows, why }) => [id, status, rows, why])).toEqual([
    ['orders', 'ran', 5, 'it has not run yet'],
    ['customers', 'ran', 3, 'it has not run yet'],
    ['paid', 'ran', 2, 'it has not run yet'],
    ['with_city', 'ran', 2, 'it has not run yet'],
    ['by_city', 'skipped', null, 'not needed for with_city'],
    ['out', 'skipped', null, 'not needed for with_city'],
    ['unpaid', 'skipped', null, 'not needed for with_city'],
  ]);
  expect((await engine.tables.list({})).map(({ name }) => name)).toEqual(['customers', 'orders']);
  await expect(engine.pipelines.run({ name: 'clean orders', to: 'nowhere' })).rejects.toMatchObject({
    problem: { code: 'not_found' },
  });
  await expect(engine.pipelines.run({ name: 'other' })).rejects.toMatchObject({
    problem: { code: 'not_found', hint: 'Pipelines here: clean orders.' },
  });
});

test('a run that is cancelled leaves tables and records in order', async () => {
  const { engine } = await openShop();
  const pipeline = pipelineOf([
    {
      id: 'many',
      kind: 'sql',
      params: {
        query:
          'select a.i from generate_series(1, 100000) a(i), generate_series(1, 100000) b(i) where a.i + b.i < 0',
      },
    },
    { id: 'out', kind: 'output', inputs: ['many'], params: { table: 'many' } },
  ]);
  await engine.pipelines.save({ pipeline });
  const abort = new AbortController();
  const run = engine.pipelines.run({ name: 'clean orders' }, { signal: abort.signal });
  setTimeout(() => abort.abort(), 500);
  await expect(run).rejects.toMatchObject({ problem: { code: 'cancelled' } });
  const last = await engine.pipelines.lastRun({ name: 'clean orders' });
  expect(last).toMatchObject({
    status: 'cancelled',
    steps: [
      { id: 'many', status: 'skipped' },
      { id: 'out', status: 'failed' },
    ],
  });
  expect((await engine.tables.list({})).map(({ name }) => name)).toEqual(['customers', 'orders']);
});

test('two runs of one pipeline at once are refused', async () => {
  const { engine } = await openShop();
  await engine.pipelines.save({ pipeline: shopPipeline });
  const runs = await Promise.allSettled([
    engine.pipelines.run({ name: 'clean orders' }),
    engine.pipelines.run({ name: 'clean orders' }),
  ]);
  const refused = runs.filter(({ status }) => status === 'rejected');
  expect(refused).toMatchObject([{ reason: { problem: { code: 'locked' } } }]);
});

test('a table that was not written by the pipeline is not replaced', async () => {
  const { engine } = await openShop();
  const pipeline = pipelineOf([
    { id: 'orders', kind: 'source', params: { table: 'orders' } },
    { id: 'out', kind: 'output', inputs: ['orders'], params: { table: 'customers' } },
  ]);
  await engine.pipelines.save({ pipeline });
  expect(await engine.pipelines.run({ name: 'clean orders' })).toMatchObject({
    status: 'failed',
    problem: { message: '"customers" was made by a query; a run would replace it.' },
  });
  expect(await queryRows(engine, 'select count(*)::int as n from customers')).toEqual([{ n: 3 }]);
});

test('random values are drawn once, and cannot decide over rejects', async () => {
  const { engine } = await openShop();
  const pipeline = pipelineOf([
    { id: 'orders', kind: 'source', params: { table: 'orders' } },
    {
      id: 'drawn',
      kind: 'derive',
      inputs: ['orders'],
      params: { columns: [{ name: 'draw', expression: 'random()' }] },
    },
    { id: 'half', kind: 'filter', inputs: ['drawn'], params: { condition: 'draw < 0.5' } },
    { id: 'out', kind: 'output', inputs: ['half'], params: { table: 'first_half' } },
    { id: 'rest', kind: 'output', inputs: ['half.rejects'], params: { table: 'second_half' } },
  ]);
  await engine.pipelines.save({ pipeline });
  await engine.pipelines.run({ name: 'clean orders' });
  expect(
    await queryRows(
      engine,
      'select id from (select id from first_half union all select id from second_half) u order by id',
    ),
  ).toEqual([1, 2, 3, 4, 5].map((id) => ({ id })));
  const direct = pipelineOf([
    { id: 'orders', kind: 'source', params: { table: 'orders' } },
    { id: 'half', kind: 'filter', inputs: ['orders'], params: { condition: 'random() < 0.5' } },
  ]);
  const [, half] = await engine.pipelines.describe({ pipeline: direct });
  expect(half?.problems).toMatchObject([
    { message: 'It decides by a function that gives another value each time it is asked.' },
  ]);
});

test('rows are counted on their way: conditions that PostgreSQL puts together, joins it may repeat, sides it need not read', async () => {
  const { engine } = await openShop();
  const source = (id: string) => ({ id, kind: 'source', params: { table: id } });
  const filter = (id: string, input: string, condition: string) => ({
    id,
    kind: 'filter',
    inputs: [input],
    params: { condition },
  });
  const out = (id: string, input: string) => ({ id, kind: 'output', inputs: [input], params: { table: id } });
  const pipeline = pipelineOf([
    source('orders'),
    source('customers'),
    filter('some', 'orders', "id < 5 and regexp_replace(coalesce(status, 'x'), 'z', '') <> 'open'"),
    filter('fewer', 'some', 'amount is not null'),
    out('a', 'fewer'),
    filter('nobody', 'customers', "name = 'nobody'"),
    filter('most', 'orders', 'id > 1'),
    {
      id: 'joined',
      kind: 'join',
      inputs: ['most', 'nobody'],
      params: { how: 'inner', on: [{ left: 'customer_id', right: 'id' }] },
    },
    out('b', 'joined'),
    filter('early', 'customers', 'id < 3'),
    filter('late', 'orders', 'id > 3'),
    { id: 'crossed', kind: 'join', inputs: ['early', 'late'], params: { how: 'cross', on: [] } },
    { id: 'two', kind: 'top', inputs: ['crossed'], params: { rows: 2 } },
    out('c', 'two'),
    filter('all', 'orders', 'id > 0'),
    {
      id: 'net',
      kind: 'derive',
      inputs: ['all'],
      params: { columns: [{ name: 'net', expression: 'amount * 2' }] },
    },
    {
      id: 'groups',
      kind: 'aggregate',
      inputs: ['net'],
      params: { by: ['status'], values: [{ function: 'sum', column: 'net', name: 'rows' }] },
    },
    {
      id: 'late_groups',
      kind: 'sort',
      inputs: ['groups'],
      params: { by: [{ column: 'rows', direction: 'asc' }] },
    },
    out('d', 'late_groups'),
  ]);
  await engine.pipelines.save({ pipeline });
  const { steps, problem } = await engine.pipelines.run({ name: 'clean orders' });
  expect(problem).toBeUndefined();
  expect(Object.fromEntries(steps.map(({ id, rows }) => [id, rows]))).toEqual({
    orders: 5,
    customers: 3,
    some: 3,
    fewer: 2,
    a: 2,
    nobody: 0,
    most: 4,
    joined: 0,
    b: 0,
    early: 2,
    late: 2,
    crossed: 4,
    two: 2,
    c: 2,
    all: 5,
    net: 5,
    groups: 3,
    late_groups: 3,
    d: 3,
  });
  expect(await queryRows(engine, 'select status, rows::text from d order by _row')).toEqual([
    { status: null, rows: '10.50' },
    { status: 'paid', rows: '35.00' },
    { status: 'open', rows: '40.00' },
  ]);
});
