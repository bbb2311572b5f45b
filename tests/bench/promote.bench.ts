import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { promisify } from 'node:util';
import { promoteRoom } from '../../electron/engine/promote/room.ts';
import { changeSettings } from '../../electron/engine/workspace/settings.ts';
import { openWorkspace, type Workspace } from '../../electron/engine/workspace/workspace.ts';
import { ident, type Sql, sql } from '../../shared/sql.ts';
import { preparePostgres } from '../postgres/server-files.mjs';
import { startPostgres, type TestPostgres } from '../postgres/start-postgres.ts';
import { type Bench, defineBench } from './harness.ts';

const orders = sql`select n as _row, n::int as id, ((n * 7919) % 100000)::int as customer, 'name ' || n as name,
  (n % 100000)::numeric(12,2) / 100 as amount, n * 0.37::float8 as score, n % 3 = 0 as paid, date '2020-01-01' + (n % 1000)::int as day,
  timestamp '2020-01-01' + n * interval '1 second' as placed, case when n % 5 <> 0 then 'city ' || n % 300 end as city, md5(n::text) as token
  from generate_series(1::bigint, 1000000) n`;

const vectors = sql`select n as _row, n::int as id, array(
    select sin(n * 0.37 + d * 1.13)::float4 from generate_series(1, 384) d
  )::vector(384) as embedding from generate_series(1::bigint, 50000) n`;

/** A table promoted and proven, beside psql's \copy of the same rows into the same server. */
function promoteBench(name: string, rows: Sql, columns: string): Bench {
  let folder: string;
  let workspace: Workspace;
  let server: TestPostgres;
  let psql: (...commands: string[]) => Promise<unknown>;
  const promote = async () => {
    const context = {
      workspace,
      database: workspace.database,
      emit: () => {},
      whyStale: async () => undefined,
    };
    const call = { signal: new AbortController().signal, progress: () => {} };
    const wanted = { target: 'bench', acceptDestructive: false, acceptFailing: false, acceptDrift: false };
    const { status } = await promoteRoom(context).apply(wanted, call);
    if (status !== 'verified') throw new Error(`The promotion ${status}.`);
  };
  const afresh = async (work: () => Promise<unknown>) => {
    await psql(
      `drop table if exists rows; drop schema if exists assay_promotions cascade; create extension if not exists vector; checkpoint`,
    );
    const started = performance.now();
    await work();
    return performance.now() - started;
  };
  return defineBench({
    name,
    unit: 'ms',
    goal: 2.5,
    peerName: 'psql \\copy from CSV',
    runs: 3,
    prepare: async () => {
      folder = await mkdtemp(join(tmpdir(), 'assay-bench-'));
      server = await startPostgres();
      const { bin } = await preparePostgres();
      const run = promisify(execFile);
      psql = (...commands) =>
        run(join(bin, 'psql'), [
          '-v',
          'ON_ERROR_STOP=1',
          '-q',
          server.connectionString,
          ...commands.flatMap((one) => ['-c', one]),
        ]);
      workspace = await openWorkspace({ dir: folder, create: true });
      const { database } = workspace;
      const { host, port, user } = server;
      const place = { kind: 'postgres', host, port, user, database: 'postgres', tls: 'disable' } as const;
      await changeSettings(folder, { targets: [{ name: 'bench', ...place }] });
      await database.run(sql`create table ${ident('rows')} as ${rows}`);
      await database.run(sql`alter table ${ident('rows')} add primary key (_row)`);
      await database.run(
        sql`insert into assay.tables (name, origin, row_count) select 'rows', 'import', count(*) from ${ident('rows')}`,
      );
      await promote();
      await psql(`\\copy rows to '${join(folder, 'rows.csv')}' csv`);
    },
    ours: () => afresh(promote),
    peer: () =>
      afresh(() =>
        psql(`create table rows (${columns})`, `\\copy rows from '${join(folder, 'rows.csv')}' csv`),
      ),
    cleanup: async () => {
      console.error(`${name}: at most ${Math.round(process.resourceUsage().maxRSS / 1024)} MB of memory`);
      await workspace.close();
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  });
}

export default [
  promoteBench(
    'promote-1m',
    orders,
    'id int, customer int, name text, amount numeric(12,2), score float8, paid boolean, day date, placed timestamp, city text, token text',
  ),
  promoteBench('promote-vectors', vectors, 'id int, embedding vector(384)'),
];
