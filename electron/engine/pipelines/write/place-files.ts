import { copyFile, link, readdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { problem } from '../../../../shared/problem.ts';
import { isThere } from '../../workspace/is-there.ts';
import { forgetPlacing, notePlacing } from './placing-journal.ts';
import type { WaitingFile } from './write-files.ts';

interface Placed {
  readonly place: string;
  /** What stood there, under another name; nothing where there was none. */
  readonly before: string | undefined;
}

/**
 * Puts the files of a run in their places, all or none: each is renamed in one go, and what stood there comes back where
 * anything after it fails. What a process that was killed between two renames left is put back at the next opening.
 */
export class FilePlacing {
  readonly #placed: Placed[] = [];
  readonly #workspace: string;
  readonly #run: number;

  constructor(workspace: string, run: number) {
    this.#workspace = workspace;
    this.#run = run;
  }

  async place(waiting: readonly WaitingFile[]): Promise<void> {
    if (waiting.length === 0) return;
    const files = waiting.map(async ({ half, place }) => ({
      place,
      half,
      before: beforeOf(half),
      stood: await isThere(place),
    }));
    await notePlacing(this.#workspace, { run: this.#run, files: await Promise.all(files) });
    for (const { step, file, half, place } of waiting) {
      try {
        this.#placed.push({ place, before: await kept(place, beforeOf(half)) });
        await rename(half, place);
      } catch (thrown) {
        throw problem('disk', `"${file}" could not be put in its place.`, {
          hint: 'All files of this run are as they were. See what stands there, and who may write it.',
          at: { step },
          cause: thrown,
        });
      }
    }
  }

  /** Lets go of what stood there. */
  async done(): Promise<void> {
    for (const { before } of this.#placed) if (before) await rm(before, { force: true });
    await forgetPlacing(this.#workspace, this.#run);
  }

  async takeBack(): Promise<void> {
    for (const { place, before } of this.#placed.splice(0).reverse()) {
      if (before) await rename(before, place);
      // A file that was not replaced yet keeps its second name.
      await rm(before ?? place, { force: true });
    }
    await forgetPlacing(this.#workspace, this.#run);
  }
}

const beforeOf = (half: string): string => `${half}.before`;

/** Keeps a file under a second name; where the disk has no second names, as a copy. */
async function kept(place: string, before: string): Promise<string | undefined> {
  try {
    await link(place, before).catch(async (thrown: NodeJS.ErrnoException) => {
      if (thrown.code === 'ENOENT') throw thrown;
      await copyFile(place, before);
    });
    return before;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw thrown;
  }
}

/** Removes what a process that was killed left beside a file that it wrote. */
export async function sweepBeside(place: string): Promise<void> {
  const name = basename(place);
  for (const file of await readdir(dirname(place))) {
    const [, pid] = /^\.(\d+)\.[0-9a-f]{8}\.tmp(\.before)?$/.exec(file.slice(name.length)) ?? [];
    if (file.startsWith(name) && pid !== undefined && Number(pid) !== process.pid)
      await rm(join(dirname(place), file), { force: true });
  }
}
