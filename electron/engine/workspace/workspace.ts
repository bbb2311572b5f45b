import { existsSync, statSync } from 'node:fs';
import { chmod, mkdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { problem } from '../../../shared/problem.ts';
import { appFile } from '../app-files.ts';
import { type Database, openDatabase, type Restarted } from '../database/database.ts';
import { migrate } from '../migrate/migrate.ts';
import { tellDenied } from './denied-files.ts';
import { lockWorkspace } from './lock.ts';
import { unpackSample } from './sample.ts';
import { createSettings, readSettings } from './settings.ts';
import { watchFolders } from './watch-folders.ts';

/** PostgreSQL's major version of the embedded database; a data folder of another one does not open. */
const postgresMajor = '18';

/** An open workspace: the folder, locked, and its database, migrated. */
export interface Workspace {
  readonly dir: string;
  /** True where it was opened as the sample workspace. */
  readonly sample: boolean;
  readonly database: Database;
  /** A path inside the folder. */
  path(...parts: string[]): string;
  /** A path inside .assay, for local state that may be deleted. */
  statePath(...parts: string[]): string;
  /** A folder in .assay for what goes when its work ends; what a killed process left there goes at the next opening. */
  readonly scratch: string;
  /** Calls `changed` after anyone changed files in this folder of the workspace. */
  onFolderChange(folder: string, changed: () => void): void;
  /** Ends something with the workspace: called before the database closes. */
  onClose(end: () => void): void;
  close(): Promise<void>;
}

export interface OpenOptions {
  readonly dir: string;
  /** Makes a folder without assay.yaml a workspace; otherwise it is refused. */
  readonly create?: boolean;
  /** Unpacks the sample workspace there first, if the folder is empty. */
  readonly sample?: boolean;
  readonly onRestart?: (restarted: Restarted) => void;
}

/** Opens a workspace's folder, alone. */
export async function openWorkspace({
  dir: given,
  create = false,
  sample = false,
  onRestart,
}: OpenOptions): Promise<Workspace> {
  const dir = resolve(given);
  const unlock = await writableFolder(dir, async () => {
    if (sample) await unpackSample(dir);
    await prepareFolder(dir, create);
    await readSettings(dir);
    return lockWorkspace(join(dir, '.assay', 'lock'));
  });
  const scratch = join(dir, '.assay', 'scratch');
  try {
    await rm(scratch, { recursive: true, force: true });
    const database = await openData(join(dir, '.assay', 'data'), onRestart);
    const folders = watchFolders(dir);
    const ends: (() => void)[] = [folders.close];
    return {
      dir,
      sample,
      scratch,
      database,
      path: (...parts) => join(dir, ...parts),
      statePath: (...parts) => join(dir, '.assay', ...parts),
      onFolderChange: folders.follow,
      onClose: (end) => ends.push(end),
      close: async () => {
        for (const end of ends.splice(0)) end();
        await database.close();
        await unlock();
      },
    };
  } catch (thrown) {
    await unlock();
    throw thrown;
  }
}

/** Says what to do where the folder cannot be written to: nothing works there, not even looking. */
async function writableFolder<T>(dir: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (thrown) {
    if (!['EACCES', 'EPERM', 'EROFS'].includes(String((thrown as NodeJS.ErrnoException).code))) throw thrown;
    throw notWritable(dir, thrown);
  }
}

const notWritable = (dir: string, cause: unknown) =>
  problem('disk', `The folder ${dir} cannot be written to.`, {
    hint: 'Assay keeps its database in the folder: give yourself the right to write there, or copy the folder to a place where you may.',
    at: { file: dir },
    cause,
  });

/** A folder and those it lies in. On a read-only disk Node says that the folder is not there, or never comes back. */
async function makeFolder(dir: string): Promise<void> {
  try {
    await mkdir(dir);
  } catch (thrown) {
    const { code } = thrown as NodeJS.ErrnoException;
    if (code === 'EEXIST' && (await stat(dir)).isDirectory()) return;
    if (code === 'EEXIST' || code === 'ENOTDIR') throw noFolder(dir, thrown);
    if (code !== 'ENOENT') throw thrown;
    if (existsSync(dirname(dir))) throw notWritable(dirname(dir), thrown);
    await makeFolder(dirname(dir));
    await mkdir(dir);
  }
}

const noFolder = (dir: string, cause?: unknown) =>
  problem('bad_input', `${dir} is a file, or lies in one: a workspace is a folder.`, {
    hint: 'Name another folder.',
    at: { file: dir },
    cause,
  });

/** Refuses a place where no folder can be made, making none. */
export function refuseFile(dir: string): void {
  let at = dir;
  while (!existsSync(at) && dirname(at) !== at) at = dirname(at);
  if (!statSync(at).isDirectory()) throw noFolder(dir);
}

async function prepareFolder(dir: string, create: boolean): Promise<void> {
  if (existsSync(join(dir, 'assay.yaml'))) return;
  if (!create) {
    throw problem('not_found', `${dir} is not a workspace: it has no assay.yaml.`, {
      hint: `Make it one with: assay init ${dir}`,
      at: { file: dir },
    });
  }
  await makeFolder(dir);
  await createSettings(dir);
}

async function openData(dataDir: string, onRestart?: (restarted: Restarted) => void): Promise<Database> {
  if (!existsSync(dataDir)) await createData(dataDir);
  const database = await refuseOtherMajor(dataDir)
    .then(() => openDatabase(dataDir, onRestart))
    .catch(async (thrown) => {
      throw await tellDenied(dataDir, thrown);
    });
  try {
    await migrate(database);
    return database;
  } catch (thrown) {
    await database.close();
    throw thrown;
  }
}

/** Unpacks the prepared data folder beside its place and moves it there whole. */
async function createData(dataDir: string): Promise<void> {
  const half = `${dataDir}.new`;
  await rm(half, { recursive: true, force: true });
  await mkdir(half, { recursive: true });
  const { extract } = await import('tar');
  await extract({ file: appFile('dist/assets/database.tar.gz'), cwd: half, preservePaths: false });
  await chmod(half, 0o700);
  await rename(half, dataDir);
}

async function refuseOtherMajor(dataDir: string): Promise<void> {
  const major = (await readFile(join(dataDir, 'PG_VERSION'), 'utf8')).trim();
  if (major === postgresMajor) return;
  throw problem(
    'newer_version',
    `The data in ${dataDir} is of PostgreSQL ${major}; this Assay has ${postgresMajor}.`,
    {
      hint: 'Open it with the Assay that made it. Nothing was changed.',
      at: { file: dataDir },
    },
  );
}
