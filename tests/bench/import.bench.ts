import { createReadStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { pipeline } from 'node:stream/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { PGlite } from '@electric-sql/pglite';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { type LocalEngine, openLocalEngine } from '../../electron/cli/local-engine.ts';
import { startPostgres } from '../postgres/start-postgres.ts';
import { bareCopy } from './bare-copy.ts';
import { defineBench, median } from './harness.ts';
import { officeFile, orderColumns, orderFile } from './order-file.ts';
import { peakMemory } from './peak-memory.ts';

let folder: string;
let path: string;
let office: string;
let local: LocalEngine;
let bare: PGlite;

async function prepare(rows: number): Promise<void> {
  path = await orderFile(rows);
  folder = await mkdtemp(join(tmpdir(), 'assay-bench-'));
  local = await openLocalEngine(join(folder, 'workspace'), true);
  bare = await PGlite.create(join(folder, 'bare'));
}

async function cleanup(): Promise<void> {
  await local.close();
  await bare.close();
  await rm(folder, { recursive: true, force: true });
}

/** The whole import: dialect, types over the whole file, account, `_row`, rejects, hash, recipe. */
async function wholeImport(): Promise<number> {
  const began = performance.now();
  const { account } = await local.engine.import.load({ path, table: 'orders' });
  const ms = performance.now() - began;
  if (account.physical !== account.loaded + 1) throw new Error(JSON.stringify(account));
  await local.engine.tables.drop({ table: 'orders' });
  return ms;
}

/** What others take for the same file, for whoever reads along. */
async function printRivals(): Promise<void> {
  const duck = await (await DuckDBInstance.create()).connect();
  let began = performance.now();
  await duck.run(`create table t as from read_csv('${path}')`);
  console.log(`DuckDB, create table as: ${Math.round(performance.now() - began)} ms`);
  duck.closeSync();
  const server = await startPostgres();
  const client = new pg.Client({ connectionString: server.connectionString });
  await client.connect();
  await client.query(`create table t (${orderColumns})`);
  began = performance.now();
  await pipeline(createReadStream(path), client.query(copyFrom('copy t from stdin (format csv, header)')));
  console.log(`native PostgreSQL, copy from stdin: ${Math.round(performance.now() - began)} ms`);
  await client.end();
  await server.stop();
}

const speed = (name: string, rows: number, runs: number, optional: boolean) =>
  defineBench({
    name,
    optional,
    unit: 'ms',
    goal: 1.25,
    peerName: 'bare PGlite COPY of the same bytes in pieces',
    runs,
    prepare: async () => {
      await prepare(rows);
      await printRivals();
    },
    ours: wholeImport,
    peer: () => bareCopy(bare, path),
    cleanup,
  });

/** Times of pages of another table, asked for one after the other as long as the import runs. */
async function pagesDuringImport(): Promise<number> {
  const source = { of: 'table', table: 'other' } as const;
  const times: number[] = [];
  let running = true;
  const importing = wholeImport().finally(() => {
    running = false;
  });
  for (let offset = 0; running; offset = (offset + 9_973) % 99_000) {
    const began = performance.now();
    await local.engine.tables.page({ source, offset, limit: 200 });
    times.push(performance.now() - began);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  await importing;
  return median(times);
}

/** One row of a hundred is rejected, half of them for a cell that does not fit. */
async function officeImport(): Promise<number> {
  const began = performance.now();
  const { account } = await local.engine.import.load({ path: office, table: 'orders' });
  const ms = performance.now() - began;
  if (account.rejected !== Math.floor(account.physical / 100)) throw new Error(JSON.stringify(account));
  await local.engine.tables.drop({ table: 'orders' });
  return ms;
}

export default [
  speed('import-1m', 1_000_000, 3, false),
  defineBench({
    name: 'import-office-1m',
    unit: 'ms',
    goal: 1.25,
    peerName: 'bare PGlite COPY of the same rows, written plainly',
    runs: 3,
    prepare: async () => {
      await prepare(1_000_000);
      office = await officeFile(1_000_000);
    },
    ours: officeImport,
    peer: () => bareCopy(bare, path),
    cleanup,
  }),
  speed('import-10m', 10_000_000, 1, true),
  defineBench({
    name: 'import-paging',
    unit: 'ms',
    goal: 200,
    runs: 1,
    prepare: async () => {
      await prepare(1_000_000);
      await local.engine.query.run({
        text: 'create table other as select g as n, md5(g::text) as t from generate_series(1, 100000) g',
      });
    },
    ours: pagesDuringImport,
    cleanup,
  }),
  defineBench({
    name: 'import-memory',
    optional: true,
    unit: 'MB',
    goal: 1.25,
    peerName: 'the same for a tenth of the rows',
    runs: 1,
    ours: async () => peakMemory(await orderFile(10_000_000)),
    peer: async () => peakMemory(await orderFile(1_000_000)),
  }),
];
