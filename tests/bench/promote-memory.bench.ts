import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { changeSettings } from '../../electron/engine/workspace/settings.ts';
import { startPostgres, type TestPostgres } from '../postgres/start-postgres.ts';
import { defineBench } from './harness.ts';
import { orderFile } from './order-file.ts';
import { watched } from './peak-memory.ts';

const command = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

let folder: string;
let server: TestPostgres;

/** The most memory that a promotion has of a table that takes more than a gigabyte, in MB. */
export default defineBench({
  name: 'promote-memory',
  optional: true,
  unit: 'MB',
  goal: 1500,
  runs: 1,
  prepare: async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-bench-'));
    server = await startPostgres();
    const run = (...words: string[]) =>
      promisify(execFile)(process.execPath, [command, ...words], { maxBuffer: 2 ** 26 });
    await run('init', folder);
    await run('import', await orderFile(10_000_000), '--table', 'rows', '--workspace', folder);
    const { host, port, user } = server;
    const place = { kind: 'postgres', host, port, user, database: 'postgres', tls: 'disable' } as const;
    await changeSettings(folder, { targets: [{ name: 'bench', ...place }] });
  },
  ours: () => watched(['promote', 'bench', '--apply', '--workspace', folder]),
  cleanup: async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  },
});
