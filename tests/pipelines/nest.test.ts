import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { changeStep, connect } from '../../renderer/rooms/pipelines/document/edits.ts';
import { movePort } from '../../renderer/rooms/pipelines/document/move-port.ts';
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

const setting = (set: unknown, parameters: ReturnType<typeof outer>['parameters'] = []) => {
  const { steps, ...rest } = outer('only large');
  const given = steps.map((step) =>
    step.id === 'large' ? { ...step, params: { ...step.params, set } } : step,
  );
  return { ...rest, parameters, steps: given };
};

test('a step sets the parameters of the pipeline that it uses, also by formulas of its own', async () => {
  const { engine } = await openShop();
  const { pipelines } = engine;
  await pipelines.save({ pipeline: useful });
  const floor = { name: 'floor', type: 'numeric' as const, default: '3' };
  const ids = async (set: Record<string, string>, params: Record<string, string> = {}) => {
    await pipelines.save({ pipeline: setting(set, [floor]) });
    const { problem, steps } = await pipelines.run({ name: 'paid and large', params });
    expect(problem).toBeUndefined();
    return [
      (await queryRows(engine, 'select id from paid_large order by id')).map(({ id }) => id),
      steps.at(-1)?.why,
    ];
  };
  expect((await ids({}))[0]).toEqual([1]);
  expect((await ids({ least: '{{floor}}' }))[0]).toEqual([1, 5]);
  expect(await ids({ least: '= {{floor}} * 2 + 2' })).toEqual([
    [1],
    'after large__large: the parameter least in its setting Condition changed',
  ]);
  expect((await ids({ least: '= {{floor}} * 2 + 2' }, { floor: '0' }))[0]).toEqual([1, 5]);
  const described = await pipelines.describe({ pipeline: setting({ least: '= {{floor}}' }, [floor]) });
  expect(described.find(({ id }) => id === 'large')?.nest).toMatchObject({
    inputs: ['orders'],
    outputs: [{ name: 'rows', step: 'large__result' }],
    parameters: [{ name: 'least', type: 'numeric', default: '8' }],
  });
  const stale = async (pipeline: Parameters<typeof pipelines.explain>[0]['pipeline']) =>
    (await pipelines.explain({ pipeline })).filter(({ status }) => status === 'stale').map(({ id }) => id);
  expect(await stale(setting({ least: '= {{floor}} * 2 + 2' }, [{ ...floor, default: '0' }]))).toEqual([]);
  await pipelines.save({ pipeline: setting({ least: '= (select min(amount) from orders)' }) });
  expect(await pipelines.writtenUses({ table: 'orders' })).toEqual([
    { kind: 'pipeline', name: 'paid and large', step: 'large' },
  ]);
  await pipelines.followTable({ table: 'orders', to: 'sales' });
  expect((await pipelines.read({ name: 'paid and large' })).steps[2]?.params).toEqual({
    pipeline: 'only large',
    set: { least: '= (select min(amount) from sales)' },
  });
  const problems = async (set: unknown) =>
    (await pipelines.describe({ pipeline: setting(set) })).flatMap((step) =>
      step.problems.map(({ message }) => message),
    );
  expect(await problems({ least: 7.5 })).toEqual([]);
  expect(await problems({ least: null })).toEqual([]);
  expect(await problems({ least: [7.5] })).toEqual([
    'Parameters: Invalid input: expected string, received array.',
  ]);
});

test('a pipeline gives several results by name: columns, rows, SQL, staleness and lineage follow each', async () => {
  const { engine } = await openShop();
  const { pipelines } = engine;
  const small = { id: 'rest', kind: 'result', inputs: ['ranked'], params: { name: 'small' } };
  const ranked = {
    id: 'ranked',
    kind: 'sql',
    inputs: ['large.rejects'],
    params: { query: 'select id as order_id, amount from large_rejects' },
  };
  const split = (least: string, query = ranked.params.query) => ({
    ...useful,
    parameters: [{ name: 'least', type: 'numeric' as const, default: least }],
    steps: [...useful.steps, { ...ranked, params: { query } }, small],
  });
  await pipelines.save({ pipeline: split('8') });
  const { steps, ...rest } = outer('only large');
  const reading = {
    id: 'counted',
    kind: 'sql',
    inputs: ['large.small'],
    params: { query: 'select count(*)::int as n, min(order_id) as first from large_small' },
  };
  const pipeline = {
    ...rest,
    steps: [
      ...steps,
      reading,
      { id: 'written', kind: 'output', inputs: ['counted'], params: { table: 'small_count' } },
    ],
  };
  const described = await pipelines.describe({ pipeline });
  expect(described.flatMap(({ problems }) => problems)).toEqual([]);
  expect(
    described
      .find(({ id }) => id === 'large')
      ?.nest?.outputs.map(({ name, columns }) => [name, columns.length]),
  ).toEqual([
    ['rows', 4],
    ['small', 2],
  ]);
  const { total } = await pipelines.preview({ pipeline, step: 'large', output: 'small' });
  expect(total).toBe(2);
  await pipelines.save({ pipeline });
  expect((await pipelines.run({ name: pipeline.name })).problem).toBeUndefined();
  expect(await queryRows(engine, 'select n, first from small_count')).toEqual([{ n: 2, first: 3 }]);
  const { sources } = await pipelines.lineage({
    relation: `${pipeline.name}/large.small`,
    column: 'order_id',
  });
  expect(sources).toContainEqual(
    expect.objectContaining({ kind: 'table', name: 'orders', column: 'id', edge: 'value' }),
  );
  const tested = { name: pipeline.name, outputs: ['large.small'], rows: 5 };
  expect(await pipelines.makeTest({ ...tested, test: 'small' })).toMatchObject({ verdict: 'pass' });
  const readingCity = 'select id as order_id, (select count(*) from customers) from large_rejects';
  await pipelines.save({ pipeline: split('8', readingCity) });
  expect(await pipelines.test({ name: pipeline.name })).toMatchObject([
    { verdict: 'error', says: expect.stringContaining('customers') },
  ]);
  await pipelines.save({
    pipeline: split('8', 'select id as order_id, amount * 2 as amount from large_rejects'),
  });
  const after = await pipelines.run({ name: pipeline.name });
  expect(after.steps.find(({ id }) => id === 'out')?.status).toBe('fresh');
  const unusable = pipeline.steps.map((step) =>
    step.id === 'large' ? { ...step, params: { ...step.params, set: { least: 'much' } } } : step,
  );
  const waiting = await pipelines.describe({ pipeline: { ...pipeline, steps: unusable } });
  expect(waiting.find(({ id }) => id === 'counted')).toMatchObject({ problems: [], blockedBy: 'large' });
  const wrong = {
    ...pipeline,
    steps: pipeline.steps.map((step) =>
      step.id === 'counted' ? { ...step, inputs: ['large.other'] } : step,
    ),
  };
  expect(
    (await pipelines.describe({ pipeline: wrong })).flatMap(({ problems }) => problems)[0]?.message,
  ).toBe('"large" has no output called "other".');
});

test('inputs go to a pipeline by their names, in whichever order it has them', async () => {
  const { engine, dir } = await openShop();
  const { pipelines } = engine;
  const taken = (...names: readonly string[]) =>
    pipelineOf(
      [
        ...names.map((name) => ({ id: `in_${name}`, kind: 'input', params: { name, table: 'orders' } })),
        { id: 'less', kind: 'except', inputs: ['in_all', 'in_some'], params: { how: 'except' } },
        { id: 'result', kind: 'result', inputs: ['less'], params: {} },
      ],
      'without',
    );
  const using = pipelineOf(
    [
      { id: 'orders', kind: 'source', params: { table: 'orders' } },
      { id: 'paid', kind: 'filter', inputs: ['orders'], params: { condition: "status = 'paid'" } },
      { id: 'rest', kind: 'pipeline', inputs: ['orders', 'paid'], params: { pipeline: 'without' } },
      { id: 'out', kind: 'output', inputs: ['rest'], params: { table: 'rest' } },
    ],
    'using',
  );
  await pipelines.save({ pipeline: taken('all', 'some') });
  await pipelines.save({ pipeline: using });
  expect(await readFile(join(dir, 'pipelines/using.yaml'), 'utf8')).toContain('ports: [ all, some ]');
  const ids = async () => {
    const { problem } = await pipelines.run({ name: 'using' });
    return (
      problem?.message ?? (await queryRows(engine, 'select id from rest order by id')).map(({ id }) => id)
    );
  };
  expect(await ids()).toEqual([2, 4]);
  await pipelines.save({ pipeline: taken('some', 'all') });
  expect(await ids()).toEqual([2, 4]);
  expect((await pipelines.run({ name: 'using' })).steps.at(-1)?.status).toBe('fresh');
  await pipelines.save({ pipeline: taken('some', 'all', 'more') });
  expect(await ids()).toContain('nothing is connected to "more"');
  const { steps } = taken('few', 'all');
  const other = steps.map((step) => (step.id === 'less' ? { ...step, inputs: ['in_all', 'in_few'] } : step));
  await pipelines.save({ pipeline: { ...taken('few', 'all'), steps: other } });
  expect(await ids()).toContain('"without" has no input "some" any more: it takes "few", "all".');
  const moved = movePort('rest', 1, 2, ['all', 'some', 'few'])(await pipelines.read({ name: 'using' }));
  await pipelines.save({ pipeline: moved });
  expect(await ids()).toEqual([2, 4]);
  expect((await pipelines.read({ name: 'using' })).steps[2]).toMatchObject({
    inputs: ['orders', 'paid'],
    ports: ['all', 'few'],
  });
  expect(changeStep('rest', { params: { pipeline: 'other' } })(moved).steps[2]).not.toHaveProperty('ports');
  const unsaved = connect({ step: 'paid', output: 'rows' }, 'rest', 1, ['all', 'few'])(moved);
  expect(unsaved.steps[2]?.ports).toEqual(['all', 'few']);
});

test('a change in the pipeline that is used makes stale what uses it', async () => {
  const { engine } = await openShop();
  const { pipelines } = engine;
  await pipelines.save({ pipeline: useful });
  await pipelines.save({ pipeline: outer('only large') });
  await pipelines.run({ name: 'paid and large' });
  const again = await pipelines.run({ name: 'paid and large' });
  expect(again.steps.every(({ status }) => status === 'fresh')).toBe(true);
  await pipelines.makeTest({ name: 'paid and large', test: 'alone', step: 'large' });
  await pipelines.save({
    pipeline: { ...useful, parameters: [{ name: 'least', type: 'numeric', default: '6' }] },
  });
  expect(await pipelines.test({ name: 'paid and large' })).toMatchObject([
    { verdict: 'fail', says: expect.stringMatching(/^large: 2 rows, expected 1/) },
  ]);
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
  expect(await fault()).toBe(
    '"only large" has a parameter "least" without a default: give it a value here, or a default there.',
  );
  const second = { id: 'other', kind: 'result', inputs: ['large.rejects'], params: {} };
  await pipelines.save({ pipeline: { ...useful, steps: [...useful.steps, second] } });
  expect(await fault()).toBe('"only large" has 2 steps "Result": give each after the first a name there.');
  await pipelines.save({ pipeline: useful });
  const set = (least: string) => fault(setting({ least }));
  expect(await set('much')).toBe('"least" is to be numeric, and "much" is not. To compute it, begin with =.');
  expect(await set('= amount * 2')).toBe('least: column "amount" does not exist');
  expect(await set('= (2')).toContain('leaves a bracket open');
  expect(await set('{{nothing}}')).toBe('The pipeline has no parameter "nothing".');
  expect(await fault(setting({ most: '1' }))).toBe('"only large" has no parameter "most"; it has least.');
  const titled = useful.steps.map((step) =>
    step.id === 'large' ? { ...step, kind: 'top', params: { rows: '{{least}}' } } : step,
  );
  await pipelines.save({ pipeline: { ...useful, steps: titled } });
  expect(await set('= 2')).toBe('"least" stands in a text or a number there: give it a value, no formula.');
});

test('a new name of a pipeline goes to its tests, to what uses it, and to rules on rows of its steps', async () => {
  const { engine, dir } = await openShop();
  const { pipelines } = engine;
  await pipelines.save({ pipeline: useful });
  await pipelines.save({ pipeline: outer('only large') });
  await pipelines.makeTest({ name: 'only large', test: 'now', rows: 3 });
  const rules = join(dir, 'checks', 'large.yaml');
  await mkdir(join(dir, 'checks'), { recursive: true });
  await writeFile(rules, 'rows: { pipeline: only large, step: large } # of orders\n');
  await pipelines.rename({ name: 'only large', to: 'large ones' });
  expect(await pipelines.test({ name: 'large ones' })).toMatchObject([{ name: 'now', verdict: 'pass' }]);
  expect(await readdir(join(dir, 'pipeline-tests'))).toEqual(['large ones.yaml']);
  expect(await readFile(rules, 'utf8')).toBe('rows: { pipeline: large ones, step: large } # of orders\n');
  expect(await pipelines.run({ name: 'paid and large' })).toMatchObject({ status: 'done' });
  await pipelines.remove({ name: 'large ones' });
  expect(await readdir(join(dir, 'pipeline-tests'))).toEqual([]);
});
