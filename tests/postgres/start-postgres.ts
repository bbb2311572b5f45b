import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { preparePostgres } from './server-files.mjs';

/** A throwaway server of this test's own. */
export interface TestPostgres {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string | undefined;
  readonly connectionString: string;
  /** Ends the server and removes its data. */
  stop(): Promise<void>;
  /** Ends the server as a crash would; its data stays for `restart()`. */
  kill(): Promise<void>;
  restart(): Promise<void>;
}

const host = '127.0.0.1';
const user = 'postgres';
const isRoot = process.getuid?.() === 0;

const settings = {
  listen_addresses: host,
  unix_socket_directories: '',
  fsync: 'off',
  full_page_writes: 'off',
  shared_buffers: '128MB',
  maintenance_work_mem: '512MB',
  max_wal_size: '4GB',
  jit: 'off',
};

/** Starts a native PostgreSQL on a free port; with a password it demands one, else it trusts. */
export async function startPostgres(options: { password?: string } = {}): Promise<TestPostgres> {
  const { bin } = await preparePostgres();
  const folder = mkdtempSync(join(tmpdir(), 'assay-postgres-'));
  const data = createCluster(bin, folder, options.password);
  const port = await freePort();
  const login = options.password ? `${user}:${encodeURIComponent(options.password)}` : user;
  const connectionString = `postgresql://${login}@${host}:${port}/postgres`;
  let server = await startServer(bin, data, port, connectionString);
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const end = async (signal: NodeJS.Signals) => {
    if (server.exitCode !== null || server.signalCode !== null) return;
    const ended = once(server, 'exit');
    server.kill(signal);
    await ended;
  };
  process.once('exit', () => {
    server.kill('SIGKILL');
    remove();
  });
  return {
    host,
    port,
    user,
    password: options.password,
    connectionString,
    kill: () => end('SIGKILL'),
    restart: async () => {
      await end('SIGINT');
      server = await startServer(bin, data, port, connectionString);
    },
    stop: async () => {
      await end('SIGINT');
      remove();
    },
  };
}

function createCluster(bin: string, folder: string, password: string | undefined): string {
  const data = join(folder, 'data');
  const secret = join(folder, 'password');
  writeFileSync(secret, password ?? '', { mode: 0o644 });
  if (isRoot) chownSync(folder, idOf('-u'), idOf('-g'));
  chmodSync(folder, 0o755);
  const login = password ? ['-A', 'scram-sha-256', `--pwfile=${secret}`] : ['-A', 'trust'];
  const args = ['-D', data, '-U', user, '-E', 'UTF8', '--locale=C.UTF-8', '--no-sync', ...login];
  const [command, ...rest] = asServerUser(join(bin, 'initdb'), args);
  execFileSync(command, rest, { cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] });
  return data;
}

async function startServer(
  bin: string,
  data: string,
  port: number,
  connectionString: string,
): Promise<ChildProcess> {
  const given = Object.entries({ ...settings, port }).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const [command, ...rest] = asServerUser(join(bin, 'postgres'), ['-D', data, ...given]);
  const server = spawn(command, rest, { cwd: '/', stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  server.stderr?.on('data', (bytes) => {
    log = `${log}${bytes}`.slice(-4000);
  });
  for (let tries = 0; !(await answers(connectionString)); tries++) {
    if (server.exitCode !== null || tries > 600) throw new Error(`PostgreSQL did not start:\n${log}`);
    await sleep(50);
  }
  return server;
}

async function answers(connectionString: string): Promise<boolean> {
  const client = new pg.Client({ connectionString });
  client.on('error', () => {});
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

/** PostgreSQL refuses to run as root; and it must not outlive a test that was killed. */
function asServerUser(program: string, args: readonly string[]): [string, ...string[]] {
  if (process.platform !== 'linux') return [program, ...args];
  const identity = isRoot ? [`--reuid=${idOf('-u')}`, `--regid=${idOf('-g')}`, '--clear-groups'] : [];
  return ['setpriv', ...identity, '--pdeathsig=KILL', '--', program, ...args];
}

function idOf(which: '-u' | '-g'): number {
  for (const name of [user, 'nobody']) {
    try {
      return Number(
        execFileSync('id', [which, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }),
      );
    } catch {}
  }
  throw new Error('There is no user to run PostgreSQL as.');
}

/** A port that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().once('error', reject);
    probe.listen(0, host, () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
