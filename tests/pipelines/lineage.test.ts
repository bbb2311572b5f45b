import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { LineageEnd } from '../../shared/contract/pipelines.ts';
import { openShop, pipelineOf, shopPipeline } from './open-shop.ts';

const say = (ends: readonly LineageEnd[]) =>
  ends.map(({ edge, kind, name, column }) => `${edge} ${kind} ${name}.${column}`).sort();

test('lineage goes through steps, rejects, SQL, views and other pipelines, and tells value from influence', async () => {
  const { engine, dir } = await openShop();
  const { pipelines, query } = engine;
  await pipelines.save({ pipeline: shopPipeline });
  await pipelines.run({ name: 'clean orders' });
  await query.run({
    text: 'create view rich as select city as town, total * 2 as double from city_totals where total > 1',
  });
  await pipelines.save({
    pipeline: pipelineOf(
      [
        {
          id: 'q',
          kind: 'source-query',
          params: { query: 'with r as (select * from rich) select town, double + 1 as more from r' },
        },
        { id: 'out', kind: 'output', inputs: ['q'], params: { table: 'final' } },
        { id: 'file', kind: 'export-file', inputs: ['q'], params: { file: 'out/final.csv' } },
        { id: 'all', kind: 'source-query', params: { query: 'select * from orders' } },
        { id: 'whole', kind: 'output', inputs: ['all'], params: { table: 'all_orders' } },
      ],
      'later',
    ),
  });
  await writeFile(join(dir, 'back.csv'), 'more\n1\n');
  await engine.import.load({ path: join(dir, 'back.csv'), table: 'back' });
  await query.save({ name: 'by hand', text: 'select sum(total) as all_of_it from city_totals' });
  const { sources } = await pipelines.lineage({ relation: 'later/whole', column: 'status' });
  expect(say(sources.filter(({ kind }) => kind === 'table'))).toEqual(['value table orders.status']);
  const total = await pipelines.lineage({ relation: 'city_totals', column: 'total' });
  expect(say(total.sources.filter(({ kind }) => kind === 'table'))).toEqual([
    'influence table customers.city',
    'influence table customers.id',
    'influence table orders.customer_id',
    'influence table orders.status',
    'value table orders.amount',
  ]);
  expect(total.sources.find(({ name, column }) => name === 'orders' && column === 'amount')?.through).toEqual(
    [
      'clean orders/out.total',
      'clean orders/by_city.total',
      'clean orders/with_city.amount',
      'clean orders/paid.amount',
      'clean orders/orders.amount',
    ],
  );
  expect(say(total.uses)).toEqual([
    'influence file out/final.csv.town',
    'influence step later/file.town',
    'influence step later/out.town',
    'influence step later/q.town',
    'influence table final.town',
    'influence view rich.town',
    'value file out/final.csv.more',
    'value query by hand.all_of_it',
    'value step later/file.more',
    'value step later/out.more',
    'value step later/q.more',
    'value table final.more',
    'value view rich.double',
  ]);
  const back = await pipelines.lineage({ relation: 'back', column: 'more' });
  expect(say(back.sources)).toEqual(['value file back.csv.more']);
  const status = await pipelines.lineage({ relation: 'orders', column: 'status' });
  expect(say(status.uses.filter(({ kind, edge }) => kind === 'table' && edge === 'value'))).toEqual([
    'value table all_orders.status',
    'value table unpaid_orders.status',
  ]);
  expect(say(status.uses)).toContain('influence table unpaid_orders.id');
  const step = await pipelines.lineage({ relation: 'clean orders/with_city', column: 'city' });
  expect(say(step.uses)).toContain('value table city_totals.city');
  const mark = { columns: [{ name: 'mark', expression: "'x'" }] };
  const count = { by: [], values: [{ function: 'count', column: '', name: 'paid' }] };
  await pipelines.save({
    pipeline: pipelineOf(
      [
        { id: 'orders', kind: 'source', params: { table: 'orders' } },
        { id: 'paid', kind: 'filter', inputs: ['orders'], params: { condition: "status = 'paid'" } },
        { id: 'marked', kind: 'derive', inputs: ['paid'], params: mark },
        { id: 'counted', kind: 'aggregate', inputs: ['marked'], params: count },
      ],
      'counts',
    ),
  });
  const counted = await pipelines.lineage({ relation: 'counts/counted', column: 'paid' });
  expect(say(counted.sources.filter(({ kind }) => kind === 'table'))).toEqual([
    'influence table orders.status',
  ]);
  await expect(pipelines.lineage({ relation: 'orders', column: 'nothing' })).rejects.toMatchObject({
    problem: { code: 'not_found', hint: 'Columns there: id, customer_id, amount, status.' },
  });
});
