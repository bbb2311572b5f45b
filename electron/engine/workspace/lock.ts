import { readFileSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname } from 'node:path';
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
  for (let attempt = 0; attempt < 5; attempt++) {
    if (await created(file, me)) return () => rm(file, { force: true });
    const holder = await holderOf(file);
    if (holder && isAlive(holder)) throw held(file, holder);
    await setAside(file, holder);
  }
  throw problem('locked', `The lock ${file} could not be taken: another process keeps taking it.`);
}

async function created(file: string, me: Holder): Promise<boolean> {
  try {
    const handle = await open(file, 'wx');
    await handle.writeFile(JSON.stringify(me));
    await handle.close();
    return true;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw thrown;
  }
}

async function holderOf(file: string): Promise<Holder | undefined> {
  for (let attempt = 0; attempt < 10; attempt++) {
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text === undefined) return undefined;
    try {
      return JSON.parse(text) as Holder;
    } catch {
      // The holder has made the file and not yet written it, or died in between: look again before judging.
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  return undefined;
}

/** Moves a stale lock away, unless another process was faster and the file is already somebody else's. */
async function setAside(file: string, stale: Holder | undefined): Promise<void> {
  const aside = `${file}.stale-${process.pid}`;
  try {
    await rename(file, aside);
  } catch {
    return;
  }
  const moved = await holderOf(aside);
  if (moved && moved.born !== stale?.born && isAlive(moved)) await rename(aside, file);
  else await rm(aside, { force: true });
}

function isAlive({ pid, host, born }: Holder): boolean {
  if (host !== hostname()) return true;
  try {
    process.kill(pid, 0);
  } catch (thrown) {
    return (thrown as NodeJS.ErrnoException).code === 'EPERM';
  }
  return birth(pid) === born;
}

/** When a process was started, where the system tells (Linux: field 22 of /proc/PID/stat); else nothing. */
function birth(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

const programName = () => (process.versions.electron ? 'the Assay app' : 'the assay command');

function held(file: string, { pid, host, program }: Holder) {
  const where = host === hostname() ? '' : ` on ${host}`;
  return problem('locked', `This workspace is open in ${program} (process ${pid}${where}).`, {
    hint:
      host === hostname()
        ? 'Close it there first, or work in that window.'
        : `Close it there first. If that computer is gone, delete ${file}.`,
    at: { file },
  });
}
