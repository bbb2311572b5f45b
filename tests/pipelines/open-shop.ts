import { tableFromIPC } from 'apache-arrow';
import { beforeAll } from 'vitest';
import type { Engine } from '../../shared/contract/index.ts';
import type { Pipeline, PipelineStep } from '../../shared/contract/pipelines.ts';
import { openTestEngine, sharedTestEngine, type TestEngine } from '../open-test-engine.ts';

/** An engine with the tables orders and customers. */
export async function openShop(): Promise<TestEngine> {
  const test = await openTestEngine();
  await fill(test);
  return test;
}

/** One such engine for all tests of a file, for those that only look. */
export function sharedShop(): () => TestEngine {
  const shared = sharedTestEngine();
  beforeAll(() => fill(shared()));
  return shared;
}

const fill = ({ engine }: TestEngine) =>
  engine.query.run({
    text: `
      create table customers as select * from (values (1, 'Ada', 'Bern'), (2, 'Bob', null), (3, 'Cy', 'Basel')) v(id, name, city);
      create table orders as select * from (values
        (1, 1, 10.50::numeric(8,2), 'paid'), (2, 1, 20.00, 'open'), (3, 2, null, 'paid'), (4, 9, 5.25, null), (5, 3, 7.00, 'paid')
      ) v(id, customer_id, amount, status)`,
  });

type Draft = Pick<PipelineStep, 'id' | 'kind'> & Partial<PipelineStep>;

/** A pipeline of these steps. */
export const pipelineOf = (steps: readonly Draft[], name = 'clean orders'): Pipeline => ({
  version: 1,
  name,
  steps: steps.map((step) => ({ inputs: [], params: {}, ...step })),
  layout: {},
});

/** Reads orders, keeps the paid, adds the city, sums by city, writes two tables. */
export const shopPipeline = pipelineOf([
  { id: 'orders', kind: 'source', params: { table: 'orders' } },
  { id: 'customers', kind: 'source', params: { table: 'customers' } },
  { id: 'paid', kind: 'filter', inputs: ['orders'], params: { condition: "status = 'paid' and amount > 0" } },
  {
    id: 'with_city',
    kind: 'join',
    inputs: ['paid', 'customers'],
    params: { how: 'left', on: [{ left: 'customer_id', right: 'id' }] },
  },
  {
    id: 'by_city',
    kind: 'aggregate',
    inputs: ['with_city'],
    params: { by: ['city'], values: [{ function: 'sum', column: 'amount', name: 'total' }] },
  },
  { id: 'out', kind: 'output', inputs: ['by_city'], params: { table: 'city_totals' } },
  { id: 'unpaid', kind: 'output', inputs: ['paid.rejects'], params: { table: 'unpaid_orders' } },
]);

/** Rows of a page or a query as plain objects. */
export const rowsOf = (bytes: Uint8Array | undefined) =>
  tableFromIPC(bytes ?? new Uint8Array())
    .toArray()
    .map((row) => row.toJSON() as Record<string, unknown>);

/** Rows of a query. */
export async function queryRows(engine: Engine, text: string): Promise<Record<string, unknown>[]> {
  const results = await engine.query.run({ text });
  return rowsOf(results.at(-1)?.bytes);
}
