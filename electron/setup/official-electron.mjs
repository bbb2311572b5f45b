import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheDir } from './cache.mjs';
import { filesBelow } from './fingerprint.mjs';
import { inProject } from './project.mjs';

const folder = inProject('node_modules', 'electron');
const stalledAfter = 30_000;
const retryAfter = 24 * 60 * 60 * 1000;

/**
 * The Electron that package.json names, fetched by its own installer; nothing where its download is out of reach.
 * @returns {Promise<{ executable: string, version: string } | undefined>}
 */
export async function officialElectron() {
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  if (!installedExecutable(version) && !failedLately(version)) {
    console.log(`Fetching Electron ${version}.`);
    if (!(await runInstaller())) rememberFailure(version);
  }
  const executable = installedExecutable(version);
  return executable ? { executable, version } : undefined;
}

/** @param {string} version */
function installedExecutable(version) {
  const pathFile = join(folder, 'path.txt');
  const versionFile = join(folder, 'dist', 'version');
  if (!existsSync(pathFile) || !existsSync(versionFile)) return undefined;
  if (readFileSync(versionFile, 'utf8').trim().replace(/^v/, '') !== version) return undefined;
  const executable = join(folder, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(executable) ? executable : undefined;
}

/**
 * Runs the installer and gives up when nothing more arrives: a slow line may take its time, a cut one may not.
 * @returns {Promise<boolean>}
 */
function runInstaller() {
  const downloads = mkdtempSync(join(tmpdir(), 'assay-electron-'));
  const child = spawn(process.execPath, [join(folder, 'install.js')], {
    env: { ...process.env, TMPDIR: downloads, TEMP: downloads, TMP: downloads },
    stdio: 'ignore',
  });
  let size = 0;
  let grewAt = Date.now();
  const watch = setInterval(() => {
    const now = bytesBelow(downloads);
    if (now !== size) grewAt = Date.now();
    size = now;
    if (Date.now() - grewAt > stalledAfter) child.kill('SIGKILL');
  }, 1000);
  return new Promise((resolve) => {
    child.once('close', (code) => {
      clearInterval(watch);
      rmSync(downloads, { recursive: true, force: true });
      resolve(code === 0);
    });
  });
}

/** @param {string} path */
function bytesBelow(path) {
  try {
    return filesBelow(path).reduce((sum, file) => sum + statSync(file).size, 0);
  } catch {
    return 0;
  }
}

/** @param {string} version */
const failureFile = (version) => join(cacheDir, `electron-${version}-unreachable`);

/** @param {string} version */
function failedLately(version) {
  const file = failureFile(version);
  return existsSync(file) && Date.now() - statSync(file).mtimeMs < retryAfter;
}

/** @param {string} version */
function rememberFailure(version) {
  mkdirSync(cacheDir, { recursive: true });
  writeFileSync(failureFile(version), '');
}
