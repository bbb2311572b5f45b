import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fingerprint } from './fingerprint.mjs';
import { inProject } from './project.mjs';
import { mustRun } from './run-command.mjs';

const stamp = inProject('node_modules', '.cache', 'assay-lockfile');

/** Installs the packages of the lockfile, unless exactly these are installed already. */
export async function install() {
  const wanted = fingerprint(['package-lock.json', '.npmrc']);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.log('Installing the packages of package-lock.json.');
  await mustRun('npm', ['ci', '--no-fund', '--no-audit'], { shell: process.platform === 'win32' });
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, wanted);
}
