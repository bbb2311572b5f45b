import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { aptGet } from '../../electron/setup/apt.mjs';
import { cacheDir, cachedFolder } from '../../electron/setup/cache.mjs';
import { freePort, type TestPostgres } from './start-postgres.ts';

/** The pooler and the libraries that a plain Debian lacks; unpacked, not installed. */
const packages = ['pgbouncer', 'libevent-2.1-7', 'libc-ares2'];
const isRoot = process.getuid?.() === 0;

async function preparePooler(): Promise<string> {
  return cachedFolder(
    'pooler',
    async (folder: string) => {
      aptGet(['download', ...packages], { cwd: folder });
      for (const file of readdirSync(folder).filter((name) => name.endsWith('.deb')))
        execFileSync('dpkg-deb', ['-x', join(folder, file), folder]);
    },
    isRoot ? '/var/cache/assay' : cacheDir,
  );
}

/** A pooler before a server, as managed services have one: a real pgbouncer in this mode. */
export async function startPooler(server: TestPostgres, mode: 'transaction' | 'session') {
  const files = await preparePooler();
  const folder = mkdtempSync(join(tmpdir(), 'assay-pooler-'));
  chmodSync(folder, 0o755);
  const port = await freePort();
  const settings = [
    '[databases]',
    `* = host=${server.host} port=${server.port} user=${server.user}`,
    '[pgbouncer]',
    `listen_addr = ${server.host}\nlisten_port = ${port}\nunix_socket_dir =`,
    `auth_type = any\npool_mode = ${mode}\nignore_startup_parameters = extra_float_digits`,
  ];
  writeFileSync(join(folder, 'pooler.ini'), `${settings.join('\n')}\n`);
  const child = spawn(
    join(files, 'usr/sbin/pgbouncer'),
    [...(isRoot ? ['-u', 'nobody'] : []), join(folder, 'pooler.ini')],
    {
      stdio: 'ignore',
      env: { ...process.env, LD_LIBRARY_PATH: join(files, 'usr/lib/x86_64-linux-gnu') },
    },
  );
  for (let tries = 0; !(await answers(server.host, port)); tries++) {
    if (child.exitCode !== null || tries > 600) throw new Error('The pooler did not start.');
    await sleep(50);
  }
  return {
    port,
    stop: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      child.kill('SIGKILL');
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const answers = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, host, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
