import { expect, test } from 'vitest';
import { beforePlan } from '../../renderer/rooms/query/before-plan.ts';
import { cutWords } from '../../renderer/rooms/query/cut-words.ts';
import { comparedNodes } from '../../renderer/rooms/query/plan-nodes.ts';
import type { PlanNode } from '../../shared/contract/query-results.ts';
import { sharedTestEngine } from '../open-test-engine.ts';

const shared = sharedTestEngine();

test('a plan says what each node does, how many rows came and how much of the whole it took', async () => {
  const { engine } = shared();
  await engine.query.run({
    text: 'create table big as select g as id, g % 7 as kind from generate_series(1, 5000) g',
  });
  const text = 'select kind, count(*) from big b where id > :low group by kind order by kind';
  const plan = await engine.query.explain({ text, values: { low: '1000' }, analyze: true });
  expect(plan.analyzed).toBe(true);
  const nodes = (node: typeof plan.root): (typeof plan.root)[] => [node, ...node.children.flatMap(nodes)];
  const all = nodes(plan.root);
  const scan = all.find(({ does }) => does === 'Seq Scan');
  expect(scan).toMatchObject({ on: 'big b', rows: 4000, loops: 1 });
  expect(scan?.details).toContainEqual(['Rows Removed by Filter', '1000']);
  expect(all.every(({ share }) => share >= 0 && share <= 1)).toBe(true);
  expect(all.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 1);
  const estimate = await engine.query.explain({ text, values: { low: '1000' }, analyze: false });
  expect(estimate.analyzed).toBe(false);
  expect(estimate.root.rows).toBeUndefined();
});

test('a write is explained and not done', async () => {
  const { engine } = shared();
  await engine.query.run({ text: 'create table safe as select 1 as a' });
  const plan = await engine.query.explain({ text: 'delete from safe', analyze: true });
  expect([plan.analyzed, plan.root.does]).toEqual([false, 'ModifyTable']);
  const [left] = await engine.query.run({ text: 'table safe' });
  expect(left?.rows).toBe(1);
  const text = 'select 1;\nselect nope from safe';
  const failed = await engine.query.explain({ text: text.slice(10), analyze: false }).then(
    () => undefined,
    (thrown: { problem: { at?: object } }) => thrown.problem,
  );
  expect(failed?.at).toMatchObject({ position: 8 });
});

test('two results are compared by key, by place, and by the columns that both have', async () => {
  const { engine } = shared();
  const bytes = async (text: string) => (await engine.query.run({ text }))[0]?.bytes as Uint8Array;
  const before = await bytes(
    "select * from (values (1, 'a', 1.5), (2, 'b', null), (3, 'c', 3)) v(id, name, gone)",
  );
  const now = await bytes(
    "select * from (values (3, 'c', true), (2, null, false), (4, 'd', null)) v(id, name, fresh)",
  );
  expect(await engine.query.compare({ before, now, key: ['id'] })).toEqual({
    columns: ['id', 'name'],
    columnsAdded: ['fresh'],
    columnsRemoved: ['gone'],
    added: 1,
    removed: 1,
    changed: 1,
    same: 1,
    rows: [
      { kind: 'changed', key: ['2'], before: ['2', 'b'], now: ['2', null] },
      { kind: 'added', key: ['4'], now: ['4', 'd'] },
      { kind: 'removed', key: ['1'], before: ['1', 'a'] },
    ],
  });
  const byPlace = await engine.query.compare({ before, now, key: [] });
  expect([byPlace.added, byPlace.removed, byPlace.changed, byPlace.same]).toEqual([0, 0, 3, 0]);
  expect(byPlace.rows[0]?.key).toEqual(['1']);
  await expect(engine.query.compare({ before, now, key: ['gone'] })).rejects.toThrow(/not in both/);
});

test('columns of one name are compared each with its own', async () => {
  const { engine } = shared();
  const bytes = async (text: string) => (await engine.query.run({ text }))[0]?.bytes as Uint8Array;
  const [before, now] = [await bytes('select 1 as id, 2 as id'), await bytes('select 1 as id, 3 as id')];
  expect(await engine.query.compare({ before, now, key: ['id'] })).toMatchObject({
    columns: ['id', 'id (2)'],
    changed: 1,
    rows: [{ kind: 'changed', key: ['1'], before: ['1', '2'], now: ['1', '3'] }],
  });
});

test('a null and the text null are different keys, and are told as such', async () => {
  const { engine } = shared();
  const bytes = async (text: string) => (await engine.query.run({ text }))[0]?.bytes as Uint8Array;
  const before = await bytes("select null::text as k, 1 as v union all select 'null', 1");
  const now = await bytes("select null::text as k, 2 as v union all select 'null', 3");
  const { rows, changed } = await engine.query.compare({ before, now, key: ['k'] });
  expect([changed, rows.map(({ key }) => key)]).toEqual([2, [[null], ['null']]]);
});

test('results that were not read to their end are told where they are compared', () => {
  const one = (title: string, rows: number, more: boolean) => ({ title, result: { rows, more } });
  expect(cutWords([one('Pin 1', 5, false), one('Result', 7, false)])).toBeUndefined();
  expect(cutWords([one('Pin 1', 1000, true), one('Result', 7, false)])).toBe(
    'Only the first 1,000 rows of Pin 1 are compared; there are more, which may stand here as added or removed.',
  );
});

test('values are written out for what keeps the text', async () => {
  const { engine } = shared();
  const text = 'select 1; -- :no\nselect :a || :b';
  expect(await engine.query.bound({ text, values: { a: 'x', b: null } })).toEqual({
    text: "select 1; -- :no\nselect ('x'::text) || (null::text)",
  });
});

const planNode = (does: string, on = '', children: readonly PlanNode[] = []): PlanNode => ({
  id: `${does} ${on}`,
  does,
  on,
  estimatedRows: 1,
  own: 1,
  share: 0,
  details: [],
  children,
});

test('parts of plans that are the same meet below a root that changed', () => {
  const scans = [planNode('Seq Scan', 'orders'), planNode('Seq Scan', 'customers')];
  const join = planNode('Hash Join', '', scans);
  const told = (now: PlanNode, before: PlanNode) =>
    comparedNodes(now, before).map(
      ({ node, depth, gone, before: was }) =>
        `${depth} ${node.does}${node.on && ` ${node.on}`}${gone ? ' gone' : was === undefined ? ' new' : ''}`,
    );
  const kept = ['1 Hash Join', '2 Seq Scan orders', '2 Seq Scan customers'];
  expect(told(planNode('Sort', '', [join]), planNode('Limit', '', [join]))).toEqual([
    '0 Limit gone',
    '0 Sort new',
    ...kept,
  ]);
  expect(told(planNode('Sort', '', [join]), join)).toEqual(['0 Sort new', ...kept]);
  expect(told(join, planNode('Sort', '', [join]))).toEqual([
    '0 Sort gone',
    '0 Hash Join',
    '1 Seq Scan orders',
    '1 Seq Scan customers',
  ]);
  expect(told(planNode('Result'), join)).toEqual([
    '0 Hash Join gone',
    '1 Seq Scan orders gone',
    '1 Seq Scan customers gone',
    '0 Result new',
  ]);
});

test('rows of a run before a plan are told as earlier ones', () => {
  const done = { status: 'done', results: [], run: 1 } as const;
  expect(beforePlan(done)).toEqual({ ...done, earlier: true });
  expect(beforePlan({ status: 'none' })).toEqual({ status: 'none' });
});
