import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  aptGet,
  hasApt,
  installPackages,
  isPackageInstalled,
  isPackageKnown,
} from '../../electron/setup/apt.mjs';
import { cachedFolder } from '../../electron/setup/cache.mjs';

const purpose = 'The test server';
/** Where a release lacks pgvector, its source comes from the next one. @type {Record<string, string>} */
const nextRelease = { bookworm: 'trixie' };

/** Installs the distribution's own PostgreSQL and pgvector, where it has both. @returns {boolean} */
export function installPackagedServer() {
  if (!hasApt) throw new Error('The tests need PostgreSQL with pgvector, installed where pg_config is.');
  const server = serverPackage();
  if (!isPackageKnown(`${server}-pgvector`)) return false;
  installMissing([server, `${server}-pgvector`]);
  return true;
}

/**
 * Unpacks the distribution's server into a folder and compiles pgvector into it; nothing of that is installed.
 * @param {string} cache
 */
export async function buildServer(cache) {
  installMissing([serverPackage(), 'gcc', 'make', 'dpkg-dev', 'libc6-dev']);
  mkdirSync(cache, { recursive: true });
  await cachedFolder('postgres', fillServer, cache);
}

/** @param {string} folder */
async function fillServer(folder) {
  const version = serverPackage().replace('postgresql-', '');
  const work = join(folder, 'build');
  mkdirSync(work);
  const names = ['postgresql', 'postgresql-client', 'postgresql-server-dev'].map(
    (name) => `${name}-${version}`,
  );
  aptGet(['download', ...names], { cwd: work });
  for (const file of readdirSync(work).filter((name) => name.endsWith('.deb'))) {
    execFileSync('dpkg-deb', ['-x', join(work, file), folder]);
  }
  const source = fetchVectorSource(work);
  const config = join(folder, 'usr/lib/postgresql', version, 'bin/pg_config');
  // Plain code, not the build machine's own instruction set: the folder may be kept and used elsewhere.
  const settings = [`PG_CONFIG=${config}`, 'OPTFLAGS=', 'with_llvm=no'];
  for (const target of ['all', 'install']) {
    execFileSync('make', ['-s', '-j2', '-C', source, target, ...settings], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
  }
  rmSync(work, { recursive: true });
}

/** Reads the newer release's index into private lists, so that the machine's own stay as they are. @param {string} work */
function fetchVectorSource(work) {
  const { site, codename } = release();
  mkdirSync(join(work, 'lists/partial'), { recursive: true });
  mkdirSync(join(work, 'cache/archives/partial'), { recursive: true });
  const signed = 'signed-by=/usr/share/keyrings/debian-archive-keyring.gpg';
  const list = join(work, 'source.list');
  writeFileSync(list, `deb-src [${signed}] ${site} ${nextRelease[codename] ?? codename} main\n`);
  const own = [
    `Etc::sourcelist=${list}`,
    'Etc::sourceparts=-',
    `State::lists=${work}/lists`,
    `Cache=${work}/cache`,
  ];
  const options = own.flatMap((option) => ['-o', `Dir::${option}`]);
  aptGet([...options, 'update'], { cwd: work });
  aptGet([...options, 'source', '--download-only', 'pgvector'], { cwd: work });
  const description = readdirSync(work).find((name) => name.endsWith('.dsc')) ?? '';
  execFileSync('dpkg-source', ['-x', description, 'pgvector'], { cwd: work, stdio: 'ignore' });
  return join(work, 'pgvector');
}

/** The server package that this release calls its own, such as `postgresql-15`. */
function serverPackage() {
  const depends = execFileSync('apt-cache', ['depends', 'postgresql'], { encoding: 'utf8' });
  const name = /postgresql-\d+/.exec(depends)?.[0];
  if (!name) throw new Error('apt knows no PostgreSQL. Run: sudo apt-get update');
  return name;
}

/** Where this machine gets its packages from, and for which release. */
function release() {
  const format = ['--format', '$(REPO_URI) $(CODENAME)', 'Created-By: Packages'];
  const lines = execFileSync('apt-get', ['indextargets', ...format], { encoding: 'utf8' }).split('\n');
  const own = lines.find((line) => /^\S+ [a-z]+$/.test(line)) ?? '';
  const [site = '', codename = ''] = own.split(' ');
  return { site, codename };
}

/** @param {readonly string[]} names */
function installMissing(names) {
  const missing = names.filter((name) => !isPackageInstalled(name));
  if (missing.some((name) => name.startsWith('postgresql-'))) refuseMainCluster();
  installPackages(missing, purpose);
}

/** The server is wanted for its files only: no cluster of the machine's own is to be started by installing it. */
function refuseMainCluster() {
  const file = '/etc/postgresql-common/createcluster.d/assay-tests.conf';
  if (process.getuid?.() !== 0 || existsSync(file)) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, 'create_main_cluster = false\n');
}
