import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { type LocalEngine, openLocalEngine } from '../../electron/cli/local-engine.ts';
import { decodePage } from '../../shared/decode-page.ts';
import { defineBench } from './harness.ts';

const rows = 100_000;
const select = `select g as id, g * 7 % 1000 as pieces, (g::bigint * 104729) % 100000000007 as code, round(g * 0.37, 2) as amount,
  sqrt(g) as ratio, g % 3 = 0 as express, date '2020-01-01' + g % 2000 as ordered, timestamp '2020-01-01' + g * interval '1 minute' as shipped,
  'Customer ' || g % 5000 as customer, case when g % 5 = 0 then null else md5(g::text) end as note
  from generate_series(1, ${rows}) g`;

let folder: string;
let local: LocalEngine;
let bare: PGlite;

async function prepare(): Promise<void> {
  folder = await mkdtemp(join(tmpdir(), 'assay-bench-'));
  local = await openLocalEngine(join(folder, 'workspace'), true);
  await local.engine.query.run({ text: `create table rows as ${select}` });
  bare = await PGlite.create(join(folder, 'bare'));
  await bare.exec(`create table rows as ${select}`);
}

/** A page through the engine, the worker and two ports, decoded; then what a screen at either end shows of it is read. */
async function ours(): Promise<void> {
  const source = { of: 'table', table: 'rows' } as const;
  const { bytes } = await local.engine.tables.page({ source, offset: 0, limit: rows });
  const page = decodePage(bytes);
  const screens = [...Array(40).keys()].flatMap((row) => [row, page.rows - 1 - row]);
  const read = screens.flatMap((row) => page.columns.map((_, column) => page.cell(row, column)));
  if (page.rows !== rows || read.length !== 800) throw new Error(`${page.rows} rows came.`);
}

export default defineBench({
  name: 'rows-to-window',
  unit: 'ms',
  goal: 0.25,
  peerName: 'db.query() of PGlite in the same process',
  prepare,
  ours,
  peer: () => bare.query('select * from rows'),
  cleanup: async () => {
    await local.close();
    await bare.close();
    await rm(folder, { recursive: true, force: true });
  },
});
