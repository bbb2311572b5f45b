import { readFileSync, writeFileSync } from 'node:fs';
import { inProject, isCommand } from './project.mjs';

/**
 * @typedef {{ version?: string, optional?: boolean, dev?: boolean, os?: string[], cpu?: string[], libc?: string[],
 *   optionalDependencies?: Record<string, string> }} Package
 */

const systems = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const processors = ['arm64', 'arm', 'ia32', 'ppc64', 'riscv64', 's390x', 'x64', 'wasm32'];

/**
 * Adds the platform packages that a registry did not offer when the lockfile was written: without them `npm ci` refuses
 * the lockfile, and other platforms would lack their binaries. Only exact versions are added; npm fetches them by name.
 * @param {Record<string, Package>} packages changed in place
 * @returns {string[]} the names added
 */
export function completeLockfile(packages) {
  const added = [];
  for (const owner of Object.values(packages)) {
    for (const [name, version] of Object.entries(owner.optionalDependencies ?? {})) {
      const platform = platformOf(name);
      if (packages[`node_modules/${name}`] || !platform || !/^\d/.test(version)) continue;
      packages[`node_modules/${name}`] = {
        version,
        ...(owner.dev ? { dev: true } : {}),
        optional: true,
        ...platform,
      };
      added.push(name);
    }
  }
  return added;
}

/** @param {string} name such as `@duckdb/node-bindings-linux-arm64-musl` */
function platformOf(name) {
  const words = name.split(/[/-]/);
  const os = systems.find((system) => words.includes(system));
  const cpu = processors.find((processor) => words.includes(processor));
  if (!cpu) return undefined;
  const libc = words.some((word) => word.startsWith('musl')) ? ['musl'] : os === 'linux' ? ['glibc'] : [];
  return { ...(os ? { os: [os] } : {}), cpu: [cpu], ...(libc.length > 0 ? { libc } : {}) };
}

if (isCommand(import.meta.url)) {
  const file = inProject('package-lock.json');
  const lock = JSON.parse(readFileSync(file, 'utf8'));
  const added = completeLockfile(lock.packages);
  lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1)));
  if (added.length > 0) writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(added.length > 0 ? `Added ${added.join(', ')}.` : 'The lockfile is complete.');
}
