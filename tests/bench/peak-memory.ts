import { execFile, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const command = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const everyMs = 100;

/** The most memory that `assay import` has of a file, in a process of its own, in MB. */
export async function peakMemory(path: string): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-bench-'));
  const workspace = join(folder, 'workspace');
  try {
    await promisify(execFile)(process.execPath, [command, 'init', workspace]);
    return await watched(['import', path, '--workspace', workspace, '--json']);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The most memory that a command has in a process of its own, in MB. */
export async function watched(words: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, [command, ...words], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (piece) => {
    said = `${said}${piece}`.slice(-2000);
  });
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  let peak = 0;
  const timer = setInterval(async () => {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(child.pid)]).catch(() => ({
      stdout: '0',
    }));
    peak = Math.max(peak, Number(stdout) * 1024);
  }, everyMs);
  const code = await ended.finally(() => clearInterval(timer));
  if (code !== 0) throw new Error(said);
  return peak / 2 ** 20;
}
