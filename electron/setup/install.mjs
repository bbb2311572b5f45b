import { existsSync, readFileSync } from 'node:fs';
import { asCommand } from './as-command.mjs';
import { inProject } from './project.mjs';
import { mustRun } from './run-command.mjs';

/** @typedef {{ version?: string, optional?: boolean }} Package */

/** Installs the packages of the lockfile, unless exactly these are installed already. */
export async function install() {
  if (isInstalled()) return;
  console.log('Installing the packages of package-lock.json.');
  await mustRun('npm', ['ci', '--no-fund', '--no-audit', '--loglevel=error'], {
    shell: process.platform === 'win32',
  });
}

/** npm leaves a list of what it installed; optional packages may be missing from it, being for other platforms. */
function isInstalled() {
  const listed = inProject('node_modules', '.package-lock.json');
  if (!existsSync(listed)) return false;
  const wanted = packagesIn(inProject('package-lock.json'));
  const present = packagesIn(listed);
  return Object.entries(wanted).every(
    ([path, { version, optional }]) =>
      path === '' || present[path]?.version === version || (optional && !present[path]),
  );
}

/** @param {string} file @returns {Record<string, Package>} */
function packagesIn(file) {
  return JSON.parse(readFileSync(file, 'utf8')).packages;
}

await asCommand(import.meta.url, install);
