import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { extract } from 'tar';
import type { TestProject } from 'vitest/node';
import { appFile } from '../electron/engine/app-files.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** The prepared data folder, unpacked once for all tests: `openTestEngine()` copies it. */
    readonly databaseTemplate: string;
  }
}

const memoryDisk = '/dev/shm';
const enough = 4 * 1024 ** 3;

/** Where tests keep their folders: memory where there is plenty, since each database is a thousand small files. */
function scratchPlace(): string {
  if (process.platform !== 'linux' || !existsSync(memoryDisk)) return tmpdir();
  const { bavail, bsize } = statfsSync(memoryDisk);
  return bavail * bsize >= enough ? memoryDisk : tmpdir();
}

const prefix = 'assay-tests-';

/** Folders of runs that were killed would fill the memory, run by run. */
function clearAfterKilled(scratch: string): void {
  for (const name of readdirSync(scratch)) {
    const [run] = name.startsWith(prefix) ? name.slice(prefix.length).split('-').map(Number) : [];
    if (run && !isAlive(run)) rmSync(join(scratch, name), { recursive: true, force: true });
  }
}

function isAlive(run: number): boolean {
  try {
    return process.kill(run, 0);
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** Gives all test files one place for their folders, which is gone when they end. */
export default async function setup(project: TestProject) {
  const scratch = scratchPlace();
  clearAfterKilled(scratch);
  const place = mkdtempSync(join(scratch, `${prefix}${process.pid}-`));
  // A server of the tests' own runs as another user, and keeps its data in a folder in here.
  chmodSync(place, 0o755);
  process.env['TMPDIR'] = place;
  const template = mkdtempSync(join(place, 'template-'));
  await extract({ file: appFile('dist/assets/database.tar.gz'), cwd: template });
  project.provide('databaseTemplate', template);
  return () => rmSync(place, { recursive: true, force: true });
}
