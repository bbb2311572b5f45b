import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { renameStep } from '../../renderer/rooms/pipelines/document/edits.ts';
import type { PipelineStep } from '../../shared/contract/pipelines.ts';
import { downstream } from '../../shared/pipeline-graph.ts';
import { openShop, pipelineOf, queryRows, shopPipeline } from './open-shop.ts';

type Shop = Awaited<ReturnType<typeof openShop>>['engine'];

const name = 'clean orders';
const ran = async (engine: Shop, asked: { full?: boolean; from?: string; to?: string } = {}) => {
  const { steps, status, problem } = await engine.pipelines.run({ name, ...asked });
  expect([status, problem]).toEqual(['done', undefined]);
  return steps.filter((step) => step.status === 'ran').map(({ id }) => id);
};
const whyOf = async (engine: Shop, id: string) => {
  const { pipelines } = engine;
  const steps = await pipelines.explain({ pipeline: await pipelines.read({ name }) });
  return steps.find((step) => step.id === id)?.why;
};
const all = shopPipeline.steps.map(({ id }) => id);

test('nothing changed: nothing is made, no statement touches data, rows are told as before', async () => {
  const { engine } = await openShop();
  await engine.pipelines.save({ pipeline: shopPipeline });
  expect(await ran(engine)).toEqual(all);
  const before = await queryRows(
    engine,
    `select oid::int from pg_class where relname in ('city_totals', 'unpaid_orders') order by relname`,
  );
  const again = await engine.pipelines.run({ name });
  expect(again.steps.map(({ status, rows, rejects }) => [status, rows, rejects])).toEqual([
    ['fresh', 5, null],
    ['fresh', 3, null],
    ['fresh', 2, 3],
    ['fresh', 2, null],
    ['fresh', 2, null],
    ['fresh', 2, null],
    ['fresh', 3, null],
  ]);
  expect(again.steps[0]?.why).toMatch(/^nothing it is made from changed since \d{4}-/);
  expect(
    await queryRows(
      engine,
      `select oid::int from pg_class where relname in ('city_totals', 'unpaid_orders') order by relname`,
    ),
  ).toEqual(before);
  expect(await ran(engine, { from: 'by_city' })).toEqual(['by_city', 'out']);
  expect(await ran(engine, { full: true })).toEqual(all);
});

test('a parameter that has another value is named, beside what else of the setting changed', async () => {
  const { engine } = await openShop();
  const withCondition = (condition: string) => ({
    ...shopPipeline,
    parameters: [
      { name: 'least', type: 'numeric' as const, default: '0' },
      { name: 'state', type: 'text' as const, default: 'paid' },
    ],
    steps: shopPipeline.steps.map((step) => (step.id === 'paid' ? { ...step, params: { condition } } : step)),
  });
  const pipeline = withCondition('(status = {{state}}) and amount > {{ least }}');
  await engine.pipelines.save({ pipeline });
  const { name } = pipeline;
  await engine.pipelines.run({ name, params: { least: '3' } });
  const why = async (asked: typeof pipeline, params = {}) => {
    const explained = await engine.pipelines.explain({ pipeline: asked, params });
    return explained.find(({ id }) => id === 'paid')?.why;
  };
  expect(await why(pipeline)).toBe('the parameter least in its setting Condition changed');
  expect(await why(pipeline, { state: 'open' })).toBe(
    'the parameters state and least in its setting Condition changed',
  );
  expect(await why(pipeline, { least: '3' })).toMatch(/^nothing/);
  expect(await why(withCondition('amount > {{least}}'))).toBe('its setting Condition changed');
  const { steps } = await engine.pipelines.run({ name });
  expect(steps.find(({ id }) => id === 'paid')?.why).toBe(
    'the parameter least in its setting Condition changed',
  );
});

test('what is stale names its cause: a setting, a table, another step, a table that somebody changed, a clock', async () => {
  const { engine } = await openShop();
  const { pipelines, query } = engine;
  await pipelines.save({ pipeline: shopPipeline });
  expect(await whyOf(engine, 'out')).toBe('it has not run yet');
  await ran(engine);
  const changed = (id: string, change: Partial<PipelineStep>) =>
    pipelines.save({
      pipeline: {
        ...shopPipeline,
        steps: shopPipeline.steps.map((step) => (step.id === id ? { ...step, ...change } : step)),
      },
    });
  await changed('paid', { params: { condition: "status = 'paid'" } });
  expect(await whyOf(engine, 'paid')).toBe('its setting Condition changed');
  expect(await whyOf(engine, 'out')).toBe('after paid: its setting Condition changed');
  expect(await whyOf(engine, 'customers')).toMatch(/^nothing/);
  await changed('paid', { params: { condition: "status = 'paid' and amount > 0" }, title: 'Another title' });
  expect(await ran(engine)).toEqual([]);
  await query.run({ text: `insert into customers select 4, 'Di', 'Chur'` });
  expect(await whyOf(engine, 'with_city')).toBe('after customers: the table customers changed');
  expect(await ran(engine)).toEqual(['customers', 'with_city', 'by_city', 'out']);
  await query.run({ text: 'delete from city_totals' });
  expect(await whyOf(engine, 'out')).toBe('the table city_totals was changed after it was written');
  expect(await ran(engine)).toEqual(['out']);
  await query.run({ text: 'drop table unpaid_orders' });
  expect(await whyOf(engine, 'unpaid')).toBe('the table unpaid_orders is gone');
  expect(await ran(engine)).toEqual(['unpaid']);
  await changed('with_city', { inputs: ['orders', 'customers'] });
  expect(await whyOf(engine, 'with_city')).toBe(
    'it reads orders, customers now, and read paid, customers before',
  );
  await changed('paid', { params: { condition: 'id < 9 and now() is not null' } });
  await ran(engine);
  expect(await whyOf(engine, 'paid')).toBe('it asks now, which may answer anew each time');
  expect(await ran(engine)).toEqual(['paid', 'with_city', 'by_city', 'out', 'unpaid']);
});

test('an SQL step is stale by the tables and views that it reads, and by no other', async () => {
  const { engine } = await openShop();
  await engine.query.run({
    text: 'create view bern as select * from customers where id < 3; create table other as select 1 as orders',
  });
  await engine.pipelines.save({
    pipeline: pipelineOf([
      {
        id: 'q',
        kind: 'source-query',
        params: { query: 'with other as (select 1) select b.id from bern b, other' },
      },
      { id: 'out', kind: 'output', inputs: ['q'], params: { table: 'ids' } },
    ]),
  });
  expect(await ran(engine)).toEqual(['q', 'out']);
  await engine.query.run({ text: 'update orders set amount = 1' });
  expect(await ran(engine)).toEqual([]);
  await engine.query.run({ text: `update customers set city = 'Thun' where id = 1` });
  expect(await ran(engine)).toEqual(['q', 'out']);
});

test('what no change is noted of is read anew each time: partitions, catalogs, other schemas, by views too', async () => {
  const { engine } = await openShop();
  await engine.query.run({
    text: `create table parted (id int) partition by range (id); create table low partition of parted for values from (0) to (9);
      create schema aside; create table aside.orders (id int);
      create view parts as select * from parted; create view others as select * from aside.orders;
      create view names as select relname::text from pg_class`,
  });
  const queries = {
    parted: 'select * from parted',
    parts: 'select * from parts',
    others: 'select * from others',
    catalog: 'select relname::text from pg_class',
    names: 'select * from names',
    own: 'with pg_class as (select 1 as id) select * from pg_class join orders using (id)',
  };
  await engine.pipelines.save({
    pipeline: pipelineOf(
      Object.entries(queries).map(([id, query]) => ({ id, kind: 'source-query', params: { query } })),
    ),
  });
  await ran(engine);
  expect(await ran(engine)).toEqual(['parted', 'parts', 'others', 'catalog', 'names']);
  expect(await whyOf(engine, 'parts')).toBe('it asks parted, which may answer anew each time');
});

test('functions made here, clocks in views and in texts, and tables named in a formula make stale what asks them', async () => {
  const { engine } = await openShop();
  const twice = (by: number) =>
    `create or replace function twice(integer) returns integer language sql immutable as $$ select $1 * ${by} $$`;
  await engine.query.run({
    text: `${twice(2)};
      create function four(integer) returns integer language sql immutable as $$ select public.twice(public.twice($1)) $$;
      create function many() returns bigint language sql stable as $$ select count(*) from public.orders $$;
      create function eq3(text, text) returns boolean language sql immutable as $$ select left($1, 1) = left($2, 1) $$;
      create operator === (function = eq3, leftarg = text, rightarg = text);
      create view seen as select id, now() as at from orders;
      create materialized view kept as select id from orders`,
  });
  const derive = (id: string, expression: string) => ({
    id,
    kind: 'derive',
    inputs: ['customers'],
    params: { columns: [{ name: 'x', expression }] },
  });
  const query = (id: string, text: string) => ({ id, kind: 'source-query', params: { query: text } });
  const filter = (id: string, condition: string) => ({
    id,
    kind: 'filter',
    inputs: ['customers'],
    params: { condition },
  });
  await engine.pipelines.save({
    pipeline: pipelineOf([
      { id: 'customers', kind: 'source', params: { table: 'customers' } },
      derive('calls', 'four(id)'),
      derive('signs', `name === 'Abe'`),
      derive('plain', `case when id > 1 then 'today' else 'now' end`),
      derive('counts', 'many()'),
      query('looks', 'select * from seen'),
      query('keeps', 'select * from kept'),
      filter('dated', `'today'::date > '2020-01-01'`),
      filter('named', '(id > 0) and id in (select customer_id from orders)'),
    ]),
  });
  await ran(engine);
  expect(await ran(engine)).toEqual(['counts', 'looks', 'dated']);
  await engine.query.run({
    text: `${twice(3)};
      create or replace function eq3(text, text) returns boolean language sql immutable as $$ select $1 = $2 $$; refresh materialized view kept; update orders set amount = 1`,
  });
  const why = await Promise.all(
    ['calls', 'signs', 'plain', 'counts', 'looks', 'keeps', 'dated', 'named'].map((id) => whyOf(engine, id)),
  );
  expect(why).toEqual([
    'the function twice changed',
    'the function eq3 changed',
    expect.stringMatching(/^nothing/),
    'it asks many, which may answer anew each time',
    'it asks now, which may answer anew each time',
    'the view kept changed',
    `it asks 'today', which may answer anew each time`,
    'the table orders changed',
  ]);
});

test('whatever setting is changed, exactly what it can reach is made anew', async () => {
  const { engine } = await openShop();
  const base = pipelineOf([
    ...shopPipeline.steps,
    { id: 'sorted', kind: 'sort', inputs: ['paid'], params: { by: [{ column: 'id', direction: 'asc' }] } },
    { id: 'top', kind: 'top', inputs: ['sorted'], params: { rows: 2 } },
  ]);
  const changes: Readonly<Record<string, readonly Record<string, unknown>[]>> = {
    orders: [{ table: 'orders' }],
    paid: [
      { condition: 'amount > 0' },
      { condition: 'amount > 1' },
      { condition: "status = 'paid' and amount > 0" },
    ],
    with_city: ['left', 'inner', 'full'].map((how) => ({ how, on: [{ left: 'customer_id', right: 'id' }] })),
    by_city: ['sum', 'max', 'min'].map((kind) => ({
      by: ['city'],
      values: [{ function: kind, column: 'amount', name: 'total' }],
    })),
    sorted: ['asc', 'desc'].map((direction) => ({ by: [{ column: 'id', direction }] })),
    top: [{ rows: 1 }, { rows: 2, by: [] }, { rows: 3 }],
  };
  const ids = Object.keys(changes);
  let now = base;
  await engine.pipelines.save({ pipeline: now });
  await ran(engine);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...ids), fc.nat(2), async (id, at) => {
      const options = changes[id] ?? [];
      const params = options[at % options.length] ?? {};
      const effective = (value: Record<string, unknown>) => JSON.stringify({ by: [], ...value });
      const before = now.steps.find((step) => step.id === id)?.params ?? {};
      now = { ...now, steps: now.steps.map((step) => (step.id === id ? { ...step, params } : step)) };
      await engine.pipelines.save({ pipeline: now });
      const reached = effective(before) === effective(params) ? new Set() : downstream(now.steps, id);
      expect(await ran(engine)).toEqual(now.steps.map((step) => step.id).filter((step) => reached.has(step)));
    }),
    { numRuns: 15 },
  );
});

test('a change that cannot reach an output does not make it anew, and it says so', async () => {
  const { engine } = await openShop();
  const derived = (x: string, y: string) => ({
    columns: [
      { name: 'x', expression: x },
      { name: 'y', expression: y },
    ],
  });
  const base = pipelineOf([
    { id: 'orders', kind: 'source', params: { table: 'orders' } },
    { id: 'more', kind: 'derive', inputs: ['orders'], params: derived('id + 1', 'id * 2') },
    { id: 'some', kind: 'filter', inputs: ['more'], params: { condition: 'x > 2' } },
    {
      id: 'only_y',
      kind: 'select',
      inputs: ['some'],
      params: { columns: [{ column: 'id' }, { column: 'y' }] },
    },
    { id: 'by_y', kind: 'output', inputs: ['only_y'], params: { table: 'by_y' } },
    { id: 'only_id', kind: 'select', inputs: ['more'], params: { columns: [{ column: 'id' }] } },
    { id: 'ids', kind: 'output', inputs: ['only_id'], params: { table: 'ids' } },
    {
      id: 'sums',
      kind: 'aggregate',
      inputs: ['more'],
      params: { by: ['status'], values: [{ function: 'sum', column: 'y', name: 'y' }] },
    },
    { id: 'by_status', kind: 'output', inputs: ['sums'], params: { table: 'by_status' } },
    { id: 'once', kind: 'sql', inputs: ['more'], params: { query: 'select distinct x from more' } },
    { id: 'xs', kind: 'output', inputs: ['once'], params: { table: 'xs' } },
  ]);
  const uses: Readonly<Record<string, readonly string[]>> = {
    x: ['more', 'some', 'only_y', 'by_y', 'once', 'xs'],
    y: ['more', 'only_y', 'by_y', 'sums', 'by_status'],
  };
  const formulas = { x: ['id + 1', 'id + 2', 'id - 1'], y: ['id * 2', 'id * 3', 'amount'] };
  let [x, y] = ['id + 1', 'id * 2'];
  const save = () =>
    engine.pipelines.save({
      pipeline: {
        ...base,
        steps: base.steps.map((step) => (step.id === 'more' ? { ...step, params: derived(x, y) } : step)),
      },
    });
  await save();
  await ran(engine);
  await fc.assert(
    fc.asyncProperty(fc.nat(2), fc.nat(2), async (ofX, ofY) => {
      const [nextX, nextY] = [formulas.x[ofX] ?? x, formulas.y[ofY] ?? y];
      const changed = [nextX !== x ? uses['x'] : [], nextY !== y ? uses['y'] : []].flat();
      [x, y] = [nextX, nextY];
      await save();
      const anew = await ran(engine);
      for (const step of changed ?? []) expect(anew).toContain(step);
      for (const step of anew) expect([...(changed ?? []), 'some']).toContain(step);
      expect(anew).not.toContain('ids');
      const now = `select count(*)::int as n from (select id, ${y} from orders where ${x} > 2 except all select id, y from by_y) as d`;
      expect(await queryRows(engine, now)).toEqual([{ n: 0 }]);
    }),
    { numRuns: 6 },
  );
  const unused = (z: string) => {
    const { columns } = derived(x, y);
    const params = { columns: [...columns, { name: 'z', expression: z }] };
    const steps = base.steps.map((step) => (step.id === 'more' ? { ...step, params } : step));
    return engine.pipelines.save({ pipeline: { ...base, steps } });
  };
  await unused('1 / (id - 3)');
  expect(await ran(engine)).toContain('more');
  await unused('2 / (id - 3)');
  expect(await ran(engine)).toEqual(['more', 'some']);
  await unused('3 / (id - 3)');
  const pipeline = await engine.pipelines.read({ name: 'clean orders' });
  const steps = await engine.pipelines.explain({ pipeline });
  expect(steps.find(({ id }) => id === 'ids')).toMatchObject({
    status: 'fresh',
    why: 'more changed, but nothing of that comes to it',
  });
});

test('another name of a step makes nothing anew, nor does a column beside those that are used', async () => {
  const { engine } = await openShop();
  const { pipelines } = engine;
  const steps = (known: readonly string[], kind: string, condition = 'id > 0') => [
    { id: 'orders', kind: 'source', params: { table: 'orders', others: 'drop', known } },
    { id: 'some', kind: 'filter', inputs: ['orders'], params: { condition } },
    {
      id: 'ranked',
      kind: 'window',
      inputs: ['some'],
      params: {
        values: [{ function: 'row_number', name: 'place' }],
        order: [{ column: 'id', direction: kind === 'min' ? 'asc' : 'desc' }],
        frame: 'running',
      },
    },
    {
      id: 'sums',
      kind: 'aggregate',
      inputs: ['ranked'],
      params: {
        by: ['customer_id'],
        values: [
          { function: 'sum', column: 'amount', name: 'total' },
          { function: kind, column: 'id', name: 'other', where: 'amount > 6' },
        ],
      },
    },
    {
      id: 'totals',
      kind: 'select',
      inputs: ['sums'],
      params: { columns: [{ column: 'customer_id' }, { column: 'total' }] },
    },
    { id: 'out', kind: 'output', inputs: ['totals'], params: { table: 'totals' } },
  ];
  const saved = (...all: Parameters<typeof steps>) => pipelines.save({ pipeline: pipelineOf(steps(...all)) });
  const three = ['id', 'customer_id', 'amount'];
  await saved(three, 'min');
  await ran(engine);
  await saved(three, 'max');
  expect(await ran(engine)).toEqual(['ranked', 'sums']);
  await saved([...three, 'status'], 'max');
  expect(await ran(engine)).toEqual(['orders', 'some', 'ranked']);
  const named = renameStep(
    'some',
    'good',
  )(renameStep('sums', 'added')(pipelineOf(steps([...three, 'status'], 'max'))));
  await pipelines.save({ pipeline: named });
  expect(await ran(engine)).toEqual([]);
  const written = named.steps.map((step) =>
    step.id === 'out' ? { ...step, params: { table: 'sums' } } : step,
  );
  await pipelines.save({ pipeline: { ...named, steps: written } });
  expect(await ran(engine)).toEqual(['out']);
  expect(await ran(engine)).toEqual([]);
  await pipelines.save({
    pipeline: renameStep('some', 'good')(pipelineOf(steps([...three, 'status'], 'max', 'id > 1'))),
  });
  expect(await ran(engine)).toEqual(['good', 'ranked', 'sums', 'totals', 'out']);
  expect(await queryRows(engine, 'select customer_id, total from totals where customer_id = 1')).toEqual([
    { customer_id: 1, total: '20.00' },
  ]);
});

test('two columns that change places reach what both decide over', async () => {
  const { engine } = await openShop();
  const placed = (low: string, high: string) =>
    engine.pipelines.save({
      pipeline: pipelineOf([
        { id: 'orders', kind: 'source', params: { table: 'orders' } },
        {
          id: 'both',
          kind: 'select',
          inputs: ['orders'],
          params: {
            columns: [
              { column: 'id', name: low },
              { column: 'customer_id', name: high },
            ],
          },
        },
        { id: 'some', kind: 'filter', inputs: ['both'], params: { condition: 'low > high' } },
        {
          id: 'counted',
          kind: 'aggregate',
          inputs: ['some'],
          params: { by: [], values: [{ function: 'count', column: '', name: 'n' }] },
        },
        { id: 'out', kind: 'output', inputs: ['counted'], params: { table: 'n' } },
      ]),
    });
  await placed('low', 'high');
  await ran(engine);
  expect(await queryRows(engine, 'select n::int from n')).toEqual([{ n: 3 }]);
  await placed('high', 'low');
  expect(await ran(engine)).toContain('out');
  expect(await queryRows(engine, 'select n::int from n')).toEqual([{ n: 1 }]);
});

test('where a row is taken as a whole, names and order of its columns count too', async () => {
  const { engine } = await openShop();
  const named = (first: string, second: string, as: string) =>
    pipelineOf([
      { id: 'orders', kind: 'source', params: { table: 'orders' } },
      {
        id: 'two',
        kind: 'select',
        inputs: ['orders'],
        params: { columns: [{ column: first }, { column: second, name: as }] },
      },
      { id: 'h', kind: 'row-id', inputs: ['two'], params: { name: 'x', how: 'hash' } },
      {
        id: 'j',
        kind: 'derive',
        inputs: ['two'],
        params: { columns: [{ name: 'x', expression: 'to_jsonb(input)' }] },
      },
      ...['h', 'j'].flatMap((id) => [
        { id: `${id}_only`, kind: 'select', inputs: [id], params: { columns: [{ column: 'x' }] } },
        { id: `${id}_out`, kind: 'output', inputs: [`${id}_only`], params: { table: `${id}_rows` } },
      ]),
    ]);
  await engine.pipelines.save({ pipeline: named('id', 'status', '') });
  await ran(engine);
  await engine.pipelines.save({ pipeline: named('status', 'id', '') });
  expect(await ran(engine)).toContain('h_out');
  await engine.pipelines.save({ pipeline: named('status', 'id', 'no') });
  expect(await ran(engine)).toContain('j_out');
  expect(await queryRows(engine, 'select x from j_rows order by _row limit 1')).toEqual([
    { x: '{"no": 1, "status": "paid"}' },
  ]);
});

test('parameters: typed literals in formulas, text elsewhere; a change reaches only the steps that use them', async () => {
  const { engine } = await openShop();
  await engine.pipelines.save({
    pipeline: {
      ...pipelineOf([
        { id: 'orders', kind: 'source', params: { table: 'orders' } },
        {
          id: 'large',
          kind: 'filter',
          inputs: ['orders'],
          params: { condition: 'amount >= {{least}} and status = {{ status }}' },
        },
        { id: 'out', kind: 'output', inputs: ['large'], params: { table: 'large_{{status}}' } },
      ]),
      parameters: [
        { name: 'least', type: 'numeric', default: '8' },
        { name: 'status', type: 'text' },
      ],
    },
  });
  const { pipelines } = engine;
  await expect(pipelines.run({ name })).rejects.toMatchObject({
    problem: { message: 'The parameter "status" has no value.' },
  });
  await expect(pipelines.run({ name, params: { status: 'x', least: 'ten' } })).rejects.toMatchObject({
    problem: { message: 'The parameter "least" is to be numeric, and "ten" is not.' },
  });
  await expect(pipelines.run({ name, params: { colour: 'x' } })).rejects.toMatchObject({
    problem: { hint: 'Parameters: least, status.' },
  });
  const pipeline = await pipelines.read({ name });
  await expect(pipelines.explain({ pipeline, params: {} })).rejects.toMatchObject({
    problem: { message: 'The parameter "status" has no value.' },
  });
  await pipelines.run({ name, params: { status: 'paid' } });
  expect(await queryRows(engine, 'select id from large_paid')).toEqual([{ id: 1 }]);
  expect((await pipelines.explain({ pipeline })).map(({ why }) => why).slice(1)).toEqual([
    'the parameter status has no value yet',
    'the parameter status has no value yet',
  ]);
  const { steps } = await pipelines.run({ name, params: { status: 'paid', least: '7' } });
  expect(steps.map(({ status, why }) => [status, why])).toEqual([
    ['fresh', expect.stringMatching(/its rows were passed on again$/)],
    ['ran', 'the parameter least in its setting Condition changed'],
    ['ran', 'after large: the parameter least in its setting Condition changed'],
  ]);
  expect(await queryRows(engine, 'select id from large_paid order by id')).toEqual([{ id: 1 }, { id: 5 }]);
  await pipelines.run({ name, params: { status: `it's "x"` } });
  expect((await pipelines.history({ name })).map(({ status }) => status)).toEqual(['done', 'done', 'done']);
  const written = (condition: string) => ({
    ...pipeline,
    steps: pipeline.steps.map((step) => (step.id === 'large' ? { ...step, params: { condition } } : step)),
    parameters: [{ name: 'status', type: 'text' as const }],
  });
  const large = async (condition: string, status: string) => {
    await pipelines.save({ pipeline: written(condition) });
    return (await pipelines.run({ name, params: { status } })).steps[1]?.rows;
  };
  expect(await large(`status = '{{status}}' -- {{status}}`, 'paid')).toBe(3);
  expect(await large(`status = E'{{status}}'`, `x\\' or true --`)).toBe(0);
  expect(await large(`"{{status}}" is not null`, 'amount')).toBe(4);
  expect(await large('status = $${{status}}$$', 'paid')).toBe(3);
  expect(await large("status <> $x$it's {{status}}$x$", 'a$x$ or true')).toBe(4);
  expect(await large("{{status}} = '{{status}}' and amount > 6", '{{status}} {{other}}')).toBe(3);
  expect(await large('amount > {{other}}', '{{status}}')).toBeNull();
});

test('a table that is only renamed makes nothing anew, and written SQL follows where that is wanted', async () => {
  const { engine, dir } = await openShop();
  const { pipelines, query, checks } = engine;
  const pipeline = pipelineOf([
    { id: 'orders', kind: 'source', params: { table: 'orders' } },
    {
      id: 'large',
      kind: 'filter',
      inputs: ['orders'],
      params: { condition: 'amount > (select avg(orders.amount) from orders)' },
    },
    {
      id: 'both',
      kind: 'sql',
      inputs: ['large'],
      params: { query: "select large.*, 'orders' as orders from large join public.orders o using (id)" },
    },
    { id: 'out', kind: 'output', inputs: ['both'], params: { table: 'kept' } },
  ]);
  await pipelines.save({ pipeline });
  await query.save({
    name: 'some',
    text: 'select orders.id -- of orders\nfrom orders where status = :status;\nselect orders from orders',
  });
  await checks.save({
    table: 'orders',
    rules: [
      {
        id: 'known',
        kind: 'business_rule',
        params: { condition: 'id in (select id from orders)' },
        failAbove: 0,
      },
    ],
  });
  await ran(engine);
  expect(await pipelines.writtenUses({ table: 'orders' })).toEqual([
    { kind: 'pipeline', name: 'clean orders', step: 'large' },
    { kind: 'pipeline', name: 'clean orders', step: 'both' },
    { kind: 'checks', name: 'orders.yaml' },
    { kind: 'query', name: 'some' },
  ]);
  await engine.tables.rename({ table: 'orders', to: 'Old orders' });
  await pipelines.followTable({ table: 'orders', to: 'Old orders' });
  const { steps } = await pipelines.read({ name: 'clean orders' });
  expect(steps.slice(0, 3).map(({ params }) => Object.values(params)[0])).toEqual([
    'Old orders',
    'amount > (select avg("Old orders".amount) from "Old orders")',
    `select large.*, 'orders' as orders from large join public."Old orders" o using (id)`,
  ]);
  expect(await readFile(join(dir, 'queries/some.sql'), 'utf8')).toBe(
    'select "Old orders".id -- of orders\nfrom "Old orders" where status = :status;\nselect orders from "Old orders" as orders',
  );
  expect(await readFile(join(dir, 'checks/orders.yaml'), 'utf8')).toContain(
    'id in (select id from "Old orders")',
  );
  const again = await pipelines.run({ name: 'clean orders' });
  expect(again.steps.map(({ id, status }) => [id, status])).toEqual([
    ['orders', 'fresh'],
    ['large', 'fresh'],
    ['both', 'fresh'],
    ['out', 'fresh'],
  ]);
  await engine.tables.rename({ table: 'kept', to: 'held' });
  expect((await pipelines.run({ name: 'clean orders' })).steps.at(-1)?.status).toBe('fresh');
  await query.save({ name: 'some', text: 'alter table "Old orders" rename to orders' });
  const before = await pipelines.read({ name: 'clean orders' });
  await query.run({ text: 'alter table "Old orders" rename to sales' });
  expect((await pipelines.read({ name: 'clean orders' })).steps[0]?.params).toEqual({ table: 'sales' });
  const [lost] = await pipelines.describe({ pipeline: before });
  expect(lost?.problems).toMatchObject([
    { message: 'There is no table "Old orders".', hint: 'It is called "sales" now.' },
  ]);
  await pipelines.followTable({ table: 'Old orders', to: 'sales' });
  expect(await readFile(join(dir, 'queries/some.sql'), 'utf8')).toBe('alter table sales rename to orders');
});

test('append adds rows, upsert replaces those of a key and keeps addresses; bad keys and other columns are refused', async () => {
  const { engine } = await openShop();
  const { pipelines, query } = engine;
  const written = (params: Record<string, unknown>, condition = 'true') =>
    pipelines.save({
      pipeline: pipelineOf([
        { id: 'orders', kind: 'source', params: { table: 'orders' } },
        { id: 'some', kind: 'filter', inputs: ['orders'], params: { condition } },
        { id: 'out', kind: 'output', inputs: ['some'], params: { table: 'kept', ...params } },
      ]),
    });
  await written({ mode: 'append' }, 'id < 3');
  await ran(engine);
  await written({ mode: 'append' }, 'id = 3');
  await ran(engine);
  expect(await ran(engine)).toEqual([]);
  const all = await pipelines.run({ name, full: true });
  expect(all.steps[2]?.why).toMatch(
    /^its rows were added already, and nothing it is made from changed since /,
  );
  expect(await pipelines.run({ name, from: 'some' })).toMatchObject({ status: 'done' });
  expect(await queryRows(engine, 'select _row, id from kept order by _row')).toEqual([
    { _row: 1n, id: 1 },
    { _row: 2n, id: 2 },
    { _row: 3n, id: 3 },
  ]);
  await query.run({ text: `update orders set status = 'sent' where id = 2` });
  await written({ mode: 'upsert', key: ['id'] }, 'id in (2, 5)');
  await ran(engine);
  expect(await queryRows(engine, 'select _row, id, status from kept order by _row')).toEqual([
    { _row: 1n, id: 1, status: 'paid' },
    { _row: 2n, id: 2, status: 'sent' },
    { _row: 3n, id: 3, status: 'paid' },
    { _row: 4n, id: 5, status: 'paid' },
  ]);
  await written({ mode: 'upsert', key: ['status'] });
  const refused = await pipelines.run({ name });
  const words =
    '2 keys (status) stand several times or are null, null for one; "kept" would not know which row to keep.';
  expect(refused.problem?.message).toBe(words);
  expect(refused.steps[2]).toMatchObject({ status: 'failed', why: words });
  await query.run({ text: 'alter table orders add column note text' });
  await written({ mode: 'append' });
  expect((await pipelines.run({ name })).problem?.message).toBe(
    'The rows and "kept" do not have the same columns: note text.',
  );
  expect(await queryRows(engine, 'select count(*)::int as n from kept')).toEqual([{ n: 4 }]);
});

test('every version of a row is kept, with the time it held; a row that is gone ends', async () => {
  const { engine } = await openShop();
  const { pipelines, query } = engine;
  const written = (params: Record<string, unknown>) =>
    pipelines.save({
      pipeline: pipelineOf([
        { id: 'orders', kind: 'source', params: { table: 'orders' } },
        { id: 'some', kind: 'filter', inputs: ['orders'], params: { condition: 'id < 4' } },
        { id: 'out', kind: 'output', inputs: ['some'], params: { table: 'kept', ...params } },
      ]),
    });
  await written({ mode: 'replace' });
  await ran(engine);
  await written({ mode: 'history', key: ['id'] });
  await query.run({ text: `update orders set status = 'sent' where id = 2` });
  await query.run({ text: 'delete from orders where id = 3' });
  await ran(engine);
  const versions =
    'select _row, id, status, valid_from is not null as begun, valid_to is not null as ended from kept';
  const kept = [
    { _row: 1n, id: 1, status: 'paid', begun: true, ended: false },
    { _row: 2n, id: 2, status: 'open', begun: true, ended: true },
    { _row: 3n, id: 3, status: 'paid', begun: true, ended: true },
    { _row: 4n, id: 2, status: 'sent', begun: true, ended: false },
  ];
  expect(await queryRows(engine, `${versions} order by _row`)).toEqual(kept);
  await query.run({ text: 'delete from orders where id = 1' });
  await written({ mode: 'history', key: ['id'], ends: false });
  await ran(engine);
  expect(await queryRows(engine, `${versions} order by _row`)).toEqual(kept);
  const [times] = await queryRows(
    engine,
    'select (select valid_to from kept where _row = 2) = (select valid_from from kept where _row = 4) as meet',
  );
  expect(times).toEqual({ meet: true });
  await query.run({ text: 'alter table orders add column valid_to date' });
  expect((await pipelines.run({ name })).problem?.message).toBe(
    '"kept" keeps the time each row held in valid_from and valid_to; the rows have a column valid_to of their own.',
  );
});

test('a value written otherwise is no new version; versions are dropped by no other way of writing', async () => {
  const { engine } = await openShop();
  const { pipelines, query } = engine;
  await query.run({
    text: `create table prices as select 1 as id, 10.50::numeric as price, '2024-05-01 10:00+00'::timestamptz as at,
      '{"a": 1.0, "b": 2}'::jsonb as more, '-0'::float8 as zero, '{"a":1}'::json as raw, 'x'::varchar(3) as code`,
  });
  const written = (params: Record<string, unknown>) =>
    pipelines.save({
      pipeline: pipelineOf([
        { id: 'prices', kind: 'source', params: { table: 'prices' } },
        { id: 'out', kind: 'output', inputs: ['prices'], params: { table: 'kept', ...params } },
      ]),
    });
  await written({ mode: 'history', key: ['id'] });
  await ran(engine);
  await query.run({
    text: `update prices set price = 10.5, at = '2024-05-01 12:00+02', more = '{"b": 2.00, "a": 1}', zero = 0`,
  });
  await ran(engine);
  const prices = 'select price::text, raw::text, valid_to is not null as ended from kept order by _row';
  expect(await queryRows(engine, prices)).toEqual([{ price: '10.50', raw: '{"a":1}', ended: false }]);
  await query.run({ text: `update prices set raw = '{"a": 1}'` });
  await ran(engine);
  expect((await queryRows(engine, prices)).map(({ ended }) => ended)).toEqual([true, false]);
  await written({ mode: 'replace' });
  const refused = await pipelines.run({ name });
  expect(refused.problem).toMatchObject({
    message: '"kept" keeps every version of its rows, and this would drop them.',
    at: { step: 'out', param: 'mode' },
  });
  expect(await queryRows(engine, prices)).toHaveLength(2);
  await query.run({ text: 'drop table kept' });
  await ran(engine);
  expect(await queryRows(engine, 'select id from kept')).toEqual([{ id: 1 }]);
});

test('rows are given the types of the table that they go into, as INSERT would, and no value is changed', async () => {
  const { engine } = await openShop();
  const { pipelines, query } = engine;
  await query.run({
    text: `create table codes as select 1 as id, 'ab'::varchar(3) as code, 'x'::char(2) as sign, 1.5::numeric(4,1) as size`,
  });
  const written = (mode: string, cells: string) =>
    pipelines.save({
      pipeline: pipelineOf([
        { id: 'rows', kind: 'source-query', params: { query: `select ${cells} from codes` } },
        { id: 'out', kind: 'output', inputs: ['rows'], params: { table: 'kept', mode, key: ['id'] } },
      ]),
    });
  const fault = async (mode: string, cells: string) => {
    await written(mode, cells);
    return (await pipelines.run({ name })).problem?.message;
  };
  expect(await fault('replace', '*')).toBeUndefined();
  expect(
    await fault('append', `2::bigint as id, 'c'::text as code, 'y'::text as sign, 2 as size`),
  ).toBeUndefined();
  expect(await fault('upsert', `id, 'd'::text as code, sign, 2.50 as size`)).toBeUndefined();
  expect(
    await queryRows(engine, `select id, code, sign::text || '|' as sign, size::text from kept order by _row`),
  ).toEqual([
    { id: 1, code: 'd', sign: 'x|', size: '2.5' },
    { id: 2, code: 'c', sign: 'y|', size: '2.0' },
  ]);
  expect(await fault('append', `7 as id, 'abcd' as code, sign, size`)).toBe(
    'Row 1 has a value in "code" that does not fit into character varying(3), which "code" of "kept" is.',
  );
  expect(await fault('append', `7 as id, code, sign, 1.25 as size`)).toContain('in "size" that does not fit');
  expect(await fault('append', `3000000000 as id, code, sign, size`)).toContain('in "id" that does not fit');
  expect(await fault('append', `'7' as id, code, sign, size`)).toBe(
    'The rows and "kept" do not have the same columns: id text.',
  );
  expect(await queryRows(engine, 'select count(*)::int as n from kept')).toEqual([{ n: 2 }]);
  expect(await fault('append', `3 as id, '[1]'::json as code, sign, size`)).toBeUndefined();
  expect(await queryRows(engine, 'select code from kept where id = 3')).toEqual([{ code: '[1]' }]);
  expect(
    await fault('replace', `id, '{1.5}'::float8[] as sizes, '{1}'::integer[] as counts`),
  ).toBeUndefined();
  expect(
    await fault('append', `2 as id, '{2.5}'::real[] as sizes, '{2}'::bigint[] as counts`),
  ).toBeUndefined();
  expect(
    await fault('append', `3 as id, '{2}'::real[] as sizes, '{3000000000}'::bigint[] as counts`),
  ).toContain('in "counts" that does not fit into integer[]');
  expect(await fault('append', `4 as id, 2::real as sizes, '{2}'::bigint[] as counts`)).toContain(
    'sizes real',
  );
  expect(await queryRows(engine, 'select sizes::text, counts::text from kept where id = 2')).toEqual([
    { sizes: '{2.5}', counts: '{2}' },
  ]);
});

test('a gate that must stop ends the run, and says which rule and which rows', async () => {
  const { engine } = await openShop();
  await engine.pipelines.save({
    pipeline: pipelineOf([
      { id: 'orders', kind: 'source', params: { table: 'orders' } },
      {
        id: 'gate',
        kind: 'check',
        inputs: ['orders'],
        params: { rules: [{ condition: 'amount > 6', says: 'orders are worth sending' }], broken: 'stop' },
      },
      { id: 'out', kind: 'output', inputs: ['gate'], params: { table: 'good' } },
    ]),
  });
  const { status, steps, problem, failure } = await engine.pipelines.run({ name });
  expect([status, problem?.message]).toEqual(['failed', 'A row breaks the rule: orders are worth sending']);
  expect(failure?.rows.map(({ id }) => id)).toEqual(['3', '4']);
  expect(steps.map((step) => step.status)).toEqual(['ran', 'failed', 'skipped']);
});
