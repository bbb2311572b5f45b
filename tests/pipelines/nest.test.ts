import { expect, test } from 'vitest';
import { openShop, pipelineOf, queryRows } from './open-shop.ts';

const inner = pipelineOf(
  [
    { id: 'given', kind: 'input', params: { name: 'orders', table: 'orders' } },
    { id: 'large', kind: 'filter', inputs: ['given'], params: { condition: 'amount > {{least}}' } },
    { id: 'log', kind: 'output', inputs: ['large'], params: { table: 'large_orders' } },
    { id: 'result', kind: 'result', inputs: ['large'], params: {} },
  ],
  'only large',
);
const useful = { ...inner, parameters: [{ name: 'least', type: 'numeric' as const, default: '8' }] };

const outer = (pipeline: string) =>
  pipelineOf(
    [
      { id: 'orders', kind: 'source', params: { table: 'orders' } },
      { id: 'paid', kind: 'filter', inputs: ['orders'], params: { condition: "status = 'paid'" } },
      { id: 'large', kind: 'pipeline', inputs: ['paid'], params: { pipeline } },
      { id: 'out', kind: 'output', inputs: ['large'], params: { table: 'paid_large' } },
    ],
    'paid and large',
  );

test('a pipeline is a step of another: given its inputs, with its own defaults, and what it writes is not written', async () => {
  const { engine } = await openShop();
  const { pipelines } = engine;
  await pipelines.save({ pipeline: useful });
  await pipelines.save({ pipeline: outer('only large') });
  const described = await pipelines.describe({ pipeline: outer('only large') });
  expect(described.map(({ id, columns, problems }) => [id, columns.length, problems])).toEqual([
    ['orders', 4, []],
    ['paid', 4, []],
    ['large', 4, []],
    ['out', 4, []],
  ]);
  const { status, steps } = await pipelines.run({ name: 'paid and large' });
  expect([status, steps.map(({ id, rows }) => [id, rows])]).toEqual([
    'done',
    [
      ['orders', 5],
      ['paid', 3],
      ['large__given', 3],
      ['large__large', 1],
      ['large__result', 1],
      ['large', 1],
      ['out', 1],
    ],
  ]);
  expect(await queryRows(engine, 'select id from paid_large')).toEqual([{ id: 1 }]);
  expect((await engine.tables.list({})).map(({ name }) => name)).not.toContain('large_orders');
  const { sources } = await pipelines.lineage({ relation: 'paid_large', column: 'amount' });
  expect(sources.filter(({ kind, edge }) => kind === 'table' && edge === 'value')).toMatchObject([
    { name: 'orders', column: 'amount' },
  ]);
});

test('a change in the pipeline that is used makes stale what uses it', async () => {
  const { engine } = await openShop();
  const { pipelines } = engine;
  await pipelines.save({ pipeline: useful });
  await pipelines.save({ pipeline: outer('only large') });
  await pipelines.run({ name: 'paid and large' });
  const again = await pipelines.run({ name: 'paid and large' });
  expect(again.steps.every(({ status }) => status === 'fresh')).toBe(true);
  await pipelines.save({
    pipeline: { ...useful, parameters: [{ name: 'least', type: 'numeric', default: '6' }] },
  });
  const changed = await pipelines.run({ name: 'paid and large' });
  expect(changed.steps.at(-1)).toMatchObject({
    id: 'out',
    status: 'ran',
    rows: 2,
    why: 'after large__large: the parameter least in its setting Condition changed',
  });
});

test('what cannot be used says why at the step', async () => {
  const { engine } = await openShop();
  const { pipelines } = engine;
  const fault = async (pipeline = outer('only large')) =>
    (await pipelines.describe({ pipeline })).find(({ id }) => id === 'large')?.problems[0]?.message;
  expect(await fault()).toBe('There is no pipeline "only large".');
  await pipelines.save({ pipeline: useful });
  const { steps } = outer('only large');
  const alone = steps.map((step) => (step.id === 'large' ? { ...step, inputs: [] } : step));
  expect(await fault({ ...outer('only large'), steps: alone })).toBe(
    '"only large" takes "orders"; nothing is connected.',
  );
  expect(await fault(outer('paid and large'))).toBe(
    '"paid and large" uses itself, by way of paid and large.',
  );
  await pipelines.save({
    pipeline: { ...useful, parameters: [{ name: 'least', type: 'text', default: 'x' }] },
  });
  expect(await fault()).toContain('large: large: ');
  await pipelines.save({ pipeline: { ...useful, parameters: [{ name: 'least', type: 'numeric' }] } });
  expect(await fault()).toBe('"only large" has a parameter "least" without a default: give it one there.');
  const second = { id: 'other', kind: 'result', inputs: ['large.rejects'], params: {} };
  await pipelines.save({ pipeline: { ...useful, steps: [...useful.steps, second] } });
  expect(await fault()).toBe('"only large" has 2 steps "Result", and a step gives one: remove the others.');
});
