import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { distDir } from './project.mjs';

const lockFile = join(distDir, '.building');

/**
 * Runs a task while no other process builds into dist/; a lock whose process is gone is taken over.
 * @template T
 * @param {() => Promise<T>} task
 * @returns {Promise<T>}
 */
export async function whileAlone(task) {
  mkdirSync(distDir, { recursive: true });
  while (!taken()) await sleep(200);
  try {
    return await task();
  } finally {
    rmSync(lockFile, { force: true });
  }
}

function taken() {
  try {
    writeFileSync(lockFile, String(process.pid), { flag: 'wx' });
    return true;
  } catch {
    if (!ownerLives()) rmSync(lockFile, { force: true });
    return false;
  }
}

function ownerLives() {
  try {
    process.kill(Number(readFileSync(lockFile, 'utf8')), 0);
    return true;
  } catch {
    return false;
  }
}
