import { readdir } from 'node:fs/promises';
import { problem } from '../../../shared/problem.ts';

/** The names in a folder; none where it is not there (yet). One that cannot be read is never taken for an empty one. */
export async function listFolder(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw unreadable(folder, thrown);
  }
}

/** The Problem of a folder that is there and cannot be read. */
export const unreadable = (folder: string, cause: unknown) =>
  problem('disk', `The folder ${folder} cannot be read: ${(cause as Error).message}`, {
    hint: 'See that it is a folder, and that you may read it.',
    at: { file: folder },
    cause,
  });
