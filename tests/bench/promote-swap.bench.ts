import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promoteRoom } from '../../electron/engine/promote/room.ts';
import { changeSettings } from '../../electron/engine/workspace/settings.ts';
import { openWorkspace, type Workspace } from '../../electron/engine/workspace/workspace.ts';
import { sql } from '../../shared/sql.ts';
import { startPostgres, type TestPostgres } from '../postgres/start-postgres.ts';
import { defineBench } from './harness.ts';

/** A reader of the table in a process of its own; at the end it tells the longest that it waited, in milliseconds. */
const reader = `
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: process.argv[1] });
  await client.connect();
  let longest = 0;
  let ended = false;
  process.stdin.once('end', () => { ended = true; }).resume();
  while (!ended) {
    const began = performance.now();
    await client.query('select id from rows limit 1');
    longest = Math.max(longest, performance.now() - began);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  await client.end();
  console.log(longest);
`;

let folder: string;
let workspace: Workspace;
let server: TestPostgres;

async function promote(): Promise<void> {
  const context = {
    workspace,
    database: workspace.database,
    emit: () => {},
    whyStale: async () => undefined,
  };
  const call = { signal: new AbortController().signal, progress: () => {} };
  const wanted = { target: 'bench', acceptDestructive: true, acceptFailing: false, acceptDrift: false };
  await promoteRoom(context).apply(wanted, call);
}

async function longestWait(work: () => Promise<unknown>): Promise<number> {
  const child = spawn(process.execPath, ['--input-type=module', '-e', reader, server.connectionString]);
  let said = '';
  child.stdout.on('data', (bytes) => {
    said += bytes;
  });
  await work();
  child.stdin.end();
  await once(child, 'close');
  return Number(said);
}

/** How long a reader waits at most while the table that it reads is replaced by 300,000 other rows. */
export default defineBench({
  name: 'promote-swap',
  unit: 'ms',
  goal: 200,
  runs: 3,
  prepare: async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-bench-'));
    server = await startPostgres();
    workspace = await openWorkspace({ dir: folder, create: true });
    const { host, port, user } = server;
    const target = {
      name: 'bench',
      kind: 'postgres',
      host,
      port,
      user,
      database: 'postgres',
      tls: 'disable',
    } as const;
    await changeSettings(folder, { targets: [target] });
    const { database } = workspace;
    await database.run(
      sql`create table rows as select n as _row, n as id, md5(n::text) as token from generate_series(1::bigint, 300000) n`,
    );
    await database.run(sql`alter table rows add primary key (_row)`);
    await database.run(
      sql`insert into assay.tables (name, origin, row_count) values ('rows', 'import', 300000)`,
    );
    await promote();
  },
  ours: () => longestWait(promote),
  cleanup: async () => {
    await workspace.close();
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  },
});
