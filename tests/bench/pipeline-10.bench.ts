import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runPipeline } from '../../electron/engine/pipelines/run/run-pipeline.ts';
import { openWorkspace, type Workspace } from '../../electron/engine/workspace/workspace.ts';
import { pipeline as pipelineSchema } from '../../shared/contract/pipelines.ts';
import { sql } from '../../shared/sql.ts';
import { defineBench } from './harness.ts';

let dir: string;
let workspace: Workspace;

const pipeline = pipelineSchema.parse({
  version: 1,
  name: 'ten steps',
  steps: [
    { id: 'orders', kind: 'source', params: { table: 'orders' } },
    { id: 'tidy', kind: 'tidy-text', inputs: ['orders'], params: { columns: ['status'], casing: 'lower' } },
    {
      id: 'good',
      kind: 'filter',
      inputs: ['tidy'],
      params: { condition: "status <> 'open' and amount > 1" },
    },
    { id: 'customers', kind: 'source', params: { table: 'customers' } },
    {
      id: 'joined',
      kind: 'join',
      inputs: ['good', 'customers'],
      params: { how: 'inner', on: [{ left: 'customer', right: 'id' }] },
    },
    {
      id: 'net',
      kind: 'derive',
      inputs: ['joined'],
      params: { columns: [{ name: 'net', expression: 'amount * 0.9' }] },
    },
    {
      id: 'size',
      kind: 'case',
      inputs: ['net'],
      params: { name: 'size', cases: [{ when: 'net > 50', value: "'large'" }], otherwise: "'small'" },
    },
    {
      id: 'totals',
      kind: 'aggregate',
      inputs: ['size'],
      params: {
        by: ['city', 'size', 'day'],
        values: [
          { function: 'count', name: 'orders' },
          { function: 'sum', column: 'net', name: 'net' },
        ],
      },
    },
    {
      id: 'sorted',
      kind: 'sort',
      inputs: ['totals'],
      params: { by: [{ column: 'net', direction: 'desc' }] },
    },
    { id: 'out', kind: 'output', inputs: ['sorted'], params: { table: 'totals' } },
  ],
});

/** What a person who knows SQL would write, and the address that every table of a workspace has. */
const byHand = sql`create table by_hand as
  select row_number() over () as _row, totals.* from (
    select c.city, case when o.amount * 0.9 > 50 then 'large' else 'small' end as size, o.day,
      count(*) as orders, sum(o.amount * 0.9) as net
    from orders o join customers c on c.id = o.customer
    where lower(btrim(regexp_replace(o.status, '[\s\u00a0]+', ' ', 'g'))) <> 'open' and o.amount > 1
    group by 1, 2, 3 order by net desc nulls last
  ) as totals`;

async function prepare(): Promise<void> {
  dir = await mkdtemp(join(tmpdir(), 'assay-bench-'));
  workspace = await openWorkspace({ dir, create: true });
  const { database } = workspace;
  await database.run(sql`create table customers as
    select n as _row, n::integer as id, 'customer ' || n as name, (array['Basel', 'Bern', 'Chur', 'Thun'])[n % 4 + 1] as city
    from generate_series(1::bigint, 50000) n`);
  await database.run(sql`create table orders as
    select n as _row, n::integer as id, (n * 7919 % 50000 + 1)::integer as customer, (n * 37 % 9000) / 100.0::numeric(10,2) as amount,
      (array['Paid ', 'sent', ' OPEN'])[n % 3 + 1] as status, date '2026-01-01' + (n % 300)::integer as day
    from generate_series(1::bigint, 1000000) n`);
  await database.run(sql`analyze`);
  await database.run(
    sql`insert into assay.tables (name, origin, row_count) values ('orders', 'query', 1000000), ('customers', 'query', 50000)`,
  );
}

const run = (full: boolean) =>
  runPipeline(
    workspace.database,
    pipeline,
    { full, params: {} },
    { folder: dir, embed: async () => [] },
    { signal: new AbortController().signal, progress: () => {} },
  );

async function ran(full: boolean, status: string): Promise<void> {
  const result = await run(full);
  if (result.status !== 'done' || result.steps.some((step) => step.status !== status)) {
    throw new Error(`Not ${status}: ${JSON.stringify(result)}`);
  }
}

const cleanup = async () => {
  await workspace.close();
  await rm(dir, { recursive: true, force: true });
};

export default [
  defineBench({
    name: 'pipeline-10',
    unit: 'ms',
    goal: 1.15,
    peerName: 'the one statement written by hand',
    prepare,
    ours: () => ran(true, 'ran'),
    peer: async () => {
      await workspace.database.run(sql`drop table if exists by_hand`);
      await workspace.database.run(byHand);
      await workspace.database.run(sql`alter table by_hand add primary key (_row)`);
    },
    cleanup,
  }),
  defineBench({
    name: 'rerun',
    unit: 'ms',
    goal: 100,
    prepare: async () => {
      await prepare();
      await run(true);
    },
    ours: () => ran(false, 'fresh'),
    cleanup,
  }),
];
