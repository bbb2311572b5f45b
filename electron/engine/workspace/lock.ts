import { randomUUID } from 'node:crypto';
import { constants, readFileSync } from 'node:fs';
import { copyFile, link, mkdir, readFile, rename, rm, rmdir, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { problem } from '../../../shared/problem.ts';

/** Who holds a workspace. `born` tells two processes apart that got the same number. */
interface Holder {
  readonly pid: number;
  readonly host: string;
  readonly born: string;
  readonly program: string;
}

/**
 * Takes the workspace for this process: opening one data folder from two processes destroys it. A lock whose
 * process is dead is taken over. Returns what gives it back.
 */
export async function lockWorkspace(file: string): Promise<() => Promise<void>> {
  await mkdir(dirname(file), { recursive: true });
  const me: Holder = { pid: process.pid, host: hostname(), born: birth(process.pid), program: programName() };
  for (let attempt = 0; attempt < 40; attempt++) {
    if (await created(file, me)) return () => rm(file, { force: true });
    const holder = await holderOf(file);
    if (holder && isAlive(holder)) throw held(file, holder);
    await removeStale(file);
  }
  throw problem('locked', `The lock ${file} could not be taken: another process keeps taking it.`);
}

/** Makes the lock with its content in one step, so that nobody ever reads half of it. */
async function created(file: string, me: Holder): Promise<boolean> {
  const own = `${file}.${process.pid}.${randomUUID()}`;
  await writeFile(own, JSON.stringify(me));
  try {
    await linkTo(own, file);
    return true;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw thrown;
  } finally {
    await rm(own, { force: true });
  }
}

const linkTo = (from: string, to: string): Promise<void> =>
  link(from, to).catch((thrown: NodeJS.ErrnoException) => {
    if (thrown.code === 'EEXIST') throw thrown;
    // A file system without hard links: the copy refuses an existing file just as well.
    return copyFile(from, to, constants.COPYFILE_EXCL);
  });

const holderOf = async (file: string): Promise<Holder | undefined> =>
  holderIn(await readFile(file, 'utf8').catch(() => ''));

function holderIn(text: string): Holder | undefined {
  try {
    return JSON.parse(text) as Holder;
  } catch {
    return undefined;
  }
}

/** Removes a stale lock. Only one process may do so at a time, or a fresh lock could be taken for the stale one. */
async function removeStale(file: string): Promise<void> {
  const mutex = `${file}.takeover`;
  try {
    await mkdir(mutex);
  } catch {
    await setTimeout(50);
    const age = Date.now() - ((await stat(mutex).catch(() => undefined))?.mtimeMs ?? Date.now());
    if (age > 10_000) await rmdir(mutex).catch(() => {});
    return;
  }
  try {
    await moveAway(file);
  } finally {
    await rmdir(mutex).catch(() => {});
  }
}

/**
 * Removes the lock if it is stale still. It is moved before it is removed: whoever was paused after reading it, for
 * so long that others took the lock, finds the new one in its hands then, and puts it back.
 */
async function moveAway(file: string): Promise<void> {
  const stale = await readFile(file, 'utf8').catch(() => undefined);
  const holder = stale === undefined ? undefined : holderIn(stale);
  if (stale === undefined || (holder && isAlive(holder))) return;
  await removeIfStill(file, stale);
}

/** Removes the lock of this content; another one stays, or is put back without taking anyone's place. */
export async function removeIfStill(file: string, stale: string): Promise<void> {
  const moved = `${file}.${process.pid}.${randomUUID()}`;
  try {
    await rename(file, moved);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw thrown;
  }
  if ((await readFile(moved, 'utf8')) !== stale) await linkTo(moved, file).catch(ignoreExisting);
  await rm(moved, { force: true });
}

function ignoreExisting(thrown: NodeJS.ErrnoException): void {
  if (thrown.code !== 'EEXIST') throw thrown;
}

function isAlive({ pid, host, born }: Holder): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
  const [state] = statusOf(pid);
  return state !== 'Z' && state !== 'X' && birth(pid) === born;
}

/** When a process was started, where the system tells (Linux: field 22 of /proc/PID/stat); else nothing. */
const birth = (pid: number): string => statusOf(pid)[19] ?? '';

/** The fields of /proc/PID/stat from the state on, which is Z for a killed process that nobody has asked after. */
function statusOf(pid: number): readonly string[] {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return [];
  }
}

const app = 'the Assay app';
const programName = () => (process.versions.electron ? app : 'the assay command');

function hintFor(program: string, host: string, file: string): string {
  if (host !== hostname()) return `Close it there first. If that computer is gone, delete ${file}.`;
  return program === app
    ? 'Close it there first, or work in that window.'
    : 'Wait for the command to end, or stop it.';
}

function held(file: string, { pid, host, program }: Holder) {
  const where = host === hostname() ? '' : ` on ${host}`;
  return problem('locked', `This workspace is open in ${program} (process ${pid}${where}).`, {
    hint: hintFor(program, host, file),
    at: { file },
  });
}
