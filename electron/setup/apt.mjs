import { execFileSync, spawnSync } from 'node:child_process';

/** Whether this machine's software is installed by apt. */
export const hasApt = process.platform === 'linux' && spawnSync('apt-get', ['--version']).status === 0;

const quiet = ['-qq', '-o', 'Acquire::Retries=3', '-o', 'APT::Sandbox::User=root'];
const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };

/** @param {string} name */
export function isPackageInstalled(name) {
  const { stdout, status } = spawnSync('dpkg', ['-s', name], { encoding: 'utf8' });
  return status === 0 && stdout.includes('Status: install ok installed');
}

/** @param {string} name */
export function isPackageKnown(name) {
  const { stdout } = spawnSync('apt-cache', ['show', '--no-all-versions', name], { encoding: 'utf8' });
  return stdout?.includes(`Package: ${name}\n`) ?? false;
}

/**
 * Runs apt-get quietly; a lock held by another run is waited for.
 * @param {readonly string[]} args
 * @param {import('node:child_process').ExecFileSyncOptions} [options]
 */
export function aptGet(args, options) {
  const wait = ['-o', 'DPkg::Lock::Timeout=120'];
  execFileSync('apt-get', [...quiet, ...wait, ...args], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
    ...options,
  });
}

/** The command a person without root types to get packages. @param {readonly string[]} names */
export const installCommand = (names) => `sudo apt-get install -y --no-install-recommends ${names.join(' ')}`;

/**
 * Installs packages where we may, and says what to type where we may not.
 * @param {readonly string[]} names
 * @param {string} purpose
 */
export function installPackages(names, purpose) {
  if (names.length === 0) return;
  if (process.getuid?.() !== 0)
    throw new Error(`${purpose} needs system packages. Run: ${installCommand(names)}`);
  console.log(`Installing system packages: ${names.join(' ')}.`);
  const install = ['install', '-y', '--no-install-recommends', ...names];
  try {
    aptGet(install);
  } catch {
    aptGet(['update']);
    aptGet(install);
  }
}
