import { expect, test } from 'vitest';
import { addStep } from '../../renderer/rooms/pipelines/document/edits.ts';
import { steps as kinds } from '../../shared/registry.ts';
import { pipelineOf, rowsOf, sharedShop, shopPipeline } from './open-shop.ts';

const shop = sharedShop();

const orders = { id: 'orders', kind: 'source', params: { table: 'orders' } };

/** The problems of each step of a pipeline, by id, without where they are. */
async function problemsOf(steps: Parameters<typeof pipelineOf>[0]) {
  const { engine } = shop();
  const described = await engine.pipelines.describe({ pipeline: pipelineOf(steps) });
  return Object.fromEntries(
    described.map(({ id, problems, blockedBy }) => [
      id,
      blockedBy ? `blocked by ${blockedBy}` : problems.map(({ message }) => message),
    ]),
  );
}

test('columns and SQL of every step are known without running', async () => {
  const { engine } = shop();
  const described = await engine.pipelines.describe({ pipeline: shopPipeline });
  const byId = new Map(described.map((step) => [step.id, step]));
  expect(described.flatMap(({ problems }) => problems)).toEqual([]);
  expect(byId.get('with_city')?.columns).toEqual([
    { name: 'id', type: 'integer' },
    { name: 'customer_id', type: 'integer' },
    { name: 'amount', type: 'numeric' },
    { name: 'status', type: 'text' },
    { name: 'name', type: 'text' },
    { name: 'city', type: 'text' },
  ]);
  expect(byId.get('by_city')?.columns).toEqual([
    { name: 'city', type: 'text' },
    { name: 'total', type: 'numeric' },
  ]);
  expect(byId.get('unpaid')?.columns.map(({ name }) => name)).toEqual([
    'id',
    'customer_id',
    'amount',
    'status',
  ]);
  expect(byId.get('paid')?.sql).toBe(
    `select *\nfrom "orders" as input\nwhere (status = 'paid' and amount > 0\n)`,
  );
});

test('the whole query of a step reads as one chain and runs as it stands', async () => {
  const { engine } = shop();
  const { sql } = await engine.pipelines.compile({ pipeline: shopPipeline, step: 'by_city' });
  expect(sql).toMatch(
    /^with "orders_rows" as \(\nselect "id", "customer_id", "amount", "status"\nfrom "public"."orders" as input\n\),\n"paid" as/,
  );
  const [result] = await engine.query.run({ text: sql });
  expect(rowsOf(result?.bytes)).toEqual([
    { city: 'Basel', total: '7.00' },
    { city: 'Bern', total: '10.50' },
  ]);
});

test('problems are told in plain words, only where they are', async () => {
  expect(
    await problemsOf([
      orders,
      {
        id: 'slim',
        kind: 'sql',
        title: 'Select',
        inputs: ['orders'],
        params: { query: 'select id, amount from orders' },
      },
      { id: 'late', kind: 'filter', inputs: ['slim'], params: { condition: "status = 'paid'" } },
      { id: 'after', kind: 'output', inputs: ['late'], params: { table: 'x' } },
      { id: 'group', kind: 'aggregate', inputs: ['slim'], params: { by: ['status'], values: [] } },
      { id: 'typo', kind: 'aggregate', inputs: ['slim'], params: { by: ['AMOUNT'], values: [] } },
      { id: 'lost', kind: 'filter', params: { condition: 'true' } },
      { id: 'gone', kind: 'filter', inputs: ['nowhere'], params: { condition: 'true' } },
      { id: 'unset', kind: 'filter', inputs: ['orders'] },
      { id: 'alien', kind: 'beam', inputs: ['orders'] },
      { id: 'none', kind: 'source', params: { table: 'nothing' } },
      {
        id: 'one',
        kind: 'join',
        inputs: ['orders'],
        params: { how: 'inner', on: [{ left: 'id', right: 'id' }] },
      },
      { id: 'noport', kind: 'filter', inputs: ['slim.rejects'], params: { condition: 'true' } },
      { id: 'lost_table', kind: 'source-query', params: { query: 'select a from nothing' } },
      { id: 'open', kind: 'filter', inputs: ['orders'], params: { condition: "status = 'paid" } },
      {
        id: 'twice',
        kind: 'derive',
        inputs: ['orders'],
        params: {
          columns: [
            { name: 'a', expression: '1' },
            { name: 'a', expression: '2' },
          ],
        },
      },
      ...(['trigram', 'edits'] as const).flatMap((how) =>
        [how === 'edits' ? -1 : 0, how === 'edits' ? 1.5 : 1.2, 1].map((threshold, at) => ({
          id: `${how}${at}`,
          kind: 'fuzzy-join',
          inputs: ['orders', 'orders'],
          params: { left: 'status', right: 'status', how, threshold, best: true },
        })),
      ),
      {
        id: 'row',
        kind: 'derive',
        inputs: ['orders'],
        params: { columns: [{ name: '_row', expression: '1' }] },
      },
    ]),
  ).toEqual({
    orders: [],
    slim: [],
    late: ['The column "status" is gone since "Select" removed it.'],
    after: 'blocked by late',
    group: ['The column "status" is gone since "Select" removed it.'],
    typo: ['There is no column "AMOUNT" in "Select".'],
    lost: ['Nothing is connected to it.'],
    gone: ['It reads the step "nowhere", which is not there.'],
    unset: ['Condition is not set.'],
    alien: ['There is no kind of step called "beam".'],
    none: ['There is no table "nothing".'],
    one: ['Nothing is connected to its input "Right".'],
    noport: ['"Select" has no output called "rejects".'],
    lost_table: ['There is no table "nothing".'],
    open: ['A quote is not closed.'],
    twice: ['Two columns are called "a".'],
    trigram0: ['Threshold: more than 0, and at most 1, which is the same text.'],
    trigram1: ['Threshold: more than 0, and at most 1, which is the same text.'],
    trigram2: [],
    edits0: ['Threshold: a whole number of letters from 0, which is the same text, to 62.'],
    edits1: ['Threshold: a whole number of letters from 0, which is the same text, to 62.'],
    edits2: [],
    row: ['A column must not be called "_row": that is the address of the row.'],
  });
});

test('a circle, and steps that get in each other’s way, are refused', async () => {
  expect(
    await problemsOf([
      orders,
      { id: 'a', kind: 'sql', inputs: ['orders', 'b'], params: { query: 'select 1' } },
      { id: 'b', kind: 'filter', inputs: ['a'], params: { condition: 'true' } },
      { id: 'w1', kind: 'output', inputs: ['orders'], params: { table: 'x' } },
      { id: 'w2', kind: 'output', inputs: ['orders'], params: { table: 'x' } },
      { id: 'self', kind: 'source', params: { table: 'x' } },
    ]),
  ).toEqual({
    orders: [],
    a: ['It reads, by way of other steps, what it makes itself.'],
    b: ['It reads, by way of other steps, what it makes itself.'],
    w1: ['Two steps write "x".'],
    w2: ['Two steps write "x".'],
    self: ['It reads "x", which this pipeline writes.'],
  });
});

test('columns and tables may be called like a parameter; a view is neither read as a table nor written over', async () => {
  const { engine } = shop();
  await engine.query.run({
    text: 'create table "{{t}}" as select 1 as "{{x}}"; create view ids as select id from orders; create view names as select name from customers',
  });
  expect(
    await problemsOf([
      { id: 'braces', kind: 'source', params: { table: '{{t}}' } },
      { id: 'some', kind: 'filter', inputs: ['braces'], params: { condition: '"{{x}}" > 0' } },
      { id: 'sorted', kind: 'sort', inputs: ['some'], params: { by: [{ column: '{{x}}' }] } },
      { id: 'open', kind: 'filter', inputs: ['braces'], params: { condition: '"{{x}}" > {{y}}' } },
      { id: 'view', kind: 'source', params: { table: 'ids' } },
      { id: 'over', kind: 'output', inputs: ['some'], params: { table: 'names' } },
      { id: 'blank', kind: 'output', inputs: ['some'], params: { table: '  ' } },
    ]),
  ).toEqual({
    braces: [],
    some: [],
    sorted: [],
    open: ['The pipeline has no parameter "y".'],
    view: ['"ids" is a view.'],
    over: ['"names" is a view.'],
    blank: ['Table: its name is only spaces.'],
  });
});

test('an error of PostgreSQL stands where it is in the formula', async () => {
  const { engine } = shop();
  const [, derived] = await engine.pipelines.describe({
    pipeline: pipelineOf([
      orders,
      {
        id: 'd',
        kind: 'derive',
        inputs: ['orders'],
        params: {
          columns: [
            { name: 'ä😀', expression: 'amount' },
            { name: 'b', expression: "upper('😀') || nofunc(amount)" },
          ],
        },
      },
    ]),
  });
  expect(derived?.problems[0]).toMatchObject({
    code: 'sql_failed',
    at: {
      step: 'd',
      param: 'columns.1.expression',
      position: "upper('😀') || ".length + 1,
      sqlstate: '42883',
    },
  });
});

test('columns of a step are profiled, of its first rows or of all, and of what it leaves out', async () => {
  const { profile } = shop().engine.pipelines;
  const whole = await profile({ pipeline: shopPipeline, step: 'orders' });
  const ends = { least: '5.25', greatest: '20.00' };
  expect([whole.rows, whole.columns[2]]).toEqual([
    5,
    { name: 'amount', type: 'numeric', filled: 4, distinct: 4, commonest: '10.50', ...ends },
  ]);
  expect(whole.columns[3]).toMatchObject({ filled: 4, distinct: 2, commonest: 'paid', least: 'open' });
  const first = await profile({ pipeline: shopPipeline, step: 'orders', limit: 2 });
  expect([first.rows, first.columns[3]?.distinct]).toEqual([2, 2]);
  const left = await profile({ pipeline: shopPipeline, step: 'paid', output: 'rejects' });
  expect([left.rows, left.columns[0]?.least]).toEqual([3, '2']);
});

test('a preview shows rows and rejects and writes nothing', async () => {
  const { engine } = shop();
  const rows = await engine.pipelines.preview({ pipeline: shopPipeline, step: 'paid', limit: 1 });
  expect([rows.rows, rows.total, rowsOf(rows.bytes)]).toEqual([
    1,
    1,
    [{ id: 1, customer_id: 1, amount: '10.50', status: 'paid' }],
  ]);
  const rejects = await engine.pipelines.preview({ pipeline: shopPipeline, step: 'paid', output: 'rejects' });
  expect(rowsOf(rejects.bytes).map(({ id }) => id)).toEqual([2, 3, 4]);
  const writing = pipelineOf([{ id: 'w', kind: 'sql', params: { query: `select nextval('s')` } }]);
  await engine.query.run({ text: 'create sequence s' });
  await expect(engine.pipelines.preview({ pipeline: writing, step: 'w' })).rejects.toMatchObject({
    problem: { message: 'cannot execute nextval() in a read-only transaction' },
  });
  await expect(engine.pipelines.preview({ pipeline: shopPipeline, step: 'gone' })).rejects.toMatchObject({
    problem: { code: 'not_found' },
  });
});

test('all rows of an output are computed once, read page by page, and anew when a table changed', async () => {
  const { engine } = shop();
  const pipeline = pipelineOf([
    { id: 'numbers', kind: 'source-query', params: { query: 'select n from generate_series(1, 1200) n' } },
    { id: 'even', kind: 'filter', inputs: ['numbers'], params: { condition: 'n % 2 = 0' } },
    { id: 'star', kind: 'sql', params: { query: 'select * from orders where id > 4' } },
    { id: 'w', kind: 'sql', params: { query: `select nextval('s')` } },
  ]);
  const page = async (asked: { step: string; output?: string; offset?: number; limit?: number }) => {
    const { bytes, total, rows } = await engine.pipelines.page({ pipeline, ...asked });
    return [total, rows, rowsOf(bytes)[0]];
  };
  expect(await page({ step: 'even' })).toEqual([600, 500, { _row: 1n, n: 2 }]);
  expect(await page({ step: 'even', offset: 599, limit: 9 })).toEqual([600, 1, { _row: 600n, n: 1200 }]);
  expect(await page({ step: 'even', output: 'rejects', offset: 2, limit: 1 })).toEqual([
    600,
    1,
    { _row: 3n, n: 5 },
  ]);
  const row = { _row: 1n, id: 5, customer_id: 3, amount: '7.00', status: 'paid' };
  expect(await page({ step: 'star' })).toEqual([1, 1, row]);
  await engine.query.run({ text: 'create sequence if not exists s' });
  await expect(page({ step: 'w' })).rejects.toMatchObject({
    problem: { message: 'cannot execute nextval() in a read-only transaction' },
  });
  const orders = { pipeline: shopPipeline, step: 'orders' };
  await engine.query.run({ text: 'create table passing as select 1 as a' });
  const before = await engine.pipelines.page(orders);
  await engine.query.run({ text: 'insert into orders (_row, id) values (99, 99)' });
  expect((await engine.pipelines.page(orders)).total).toBe(before.total + 1);
  await engine.query.run({ text: 'delete from orders where id = 99; drop table passing' });
});

test('a new step of any kind is not filled in yet, and nothing is wrong with it', async () => {
  const { engine } = shop();
  const start = pipelineOf([orders]);
  for (const kind of kinds.keys()) {
    const after = { step: 'orders', output: 'rows' };
    const pipeline = addStep({ id: 'fresh', kind, at: [0, 0], after })(start);
    const { problems = [], unfilled } = (await engine.pipelines.describe({ pipeline }))[1] ?? {};
    expect([kind, problems.length > 0 && !unfilled ? problems : []]).toEqual([kind, []]);
    expect(problems.map(({ message }) => message).join()).not.toContain('""');
  }
  const half = { columns: [{ name: 'a', expression: '' }] };
  const states = await engine.pipelines.describe({
    pipeline: pipelineOf([
      orders,
      { id: 'half', kind: 'derive', inputs: ['orders'], params: half },
      { id: 'wrong', kind: 'filter', inputs: ['orders'], params: { condition: 'nothing > 1' } },
      { id: 'loose', kind: 'join', inputs: ['', 'orders'], params: { on: [] } },
    ]),
  });
  expect(states.map(({ unfilled }) => unfilled)).toEqual([undefined, true, undefined, true]);
});

test('new columns of a table are kept, dropped or asked about', async () => {
  const { engine } = shop();
  const described = async (params: Record<string, unknown>) => {
    const [source] = await engine.pipelines.describe({
      pipeline: pipelineOf([{ id: 'orders', kind: 'source', params: { table: 'orders', ...params } }]),
    });
    return [source?.columns.map(({ name }) => name), source?.problems.map(({ message }) => message)];
  };
  const known = ['id', 'amount', 'customer_id'];
  expect(await described({})).toEqual([['id', 'customer_id', 'amount', 'status'], []]);
  expect(await described({ others: 'drop', known })).toEqual([['id', 'customer_id', 'amount'], []]);
  expect(await described({ others: 'ask', known })).toEqual([[], ['"orders" has a new column: status.']]);
  expect(await described({ others: 'ask', known: [...known, 'status', 'city'] })).toEqual([
    [],
    ['"orders" has no column "city" any more.'],
  ]);
  expect(await described({ others: 'drop' })).toEqual([[], ['Known columns: choose at least one.']]);
  const all = ['id', 'customer_id', 'amount', 'status'];
  const answers = async (others: string, known: readonly string[]) => {
    const table = all.map((name) => ({ name, type: 'text' }));
    const asked = { table: 'orders', others, known, since: '' };
    const offered = kinds.get('source')?.answers?.([table], asked) ?? [];
    for (const { params } of offered) expect((await described({ ...asked, ...params }))[1]).toEqual([]);
    return offered.map(({ says }) => says);
  };
  expect(await answers('keep', [])).toEqual([]);
  expect(await answers('ask', [])).toEqual(['Take all 4 of now']);
  expect(await answers('ask', known)).toEqual(['Keep status', 'Drop what is new']);
  expect(await answers('drop', known)).toEqual([]);
  expect(await answers('drop', [...known, 'city'])).toEqual(['Do without city']);
});
