import { statfs } from 'node:fs/promises';
import { problem, toProblem } from '../../../shared/problem.ts';

/** PostgreSQL does not come back from a log that it cannot write: this much of the disk is left to it. */
const spared = 96 << 20;

/** Refuses to write more on the disk of a folder where it is nearly full; `kept` says what became of the work, `hint` what to do. */
export async function refuseFullDisk(folder: string, kept: string, hint: string): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize > spared) return;
  throw problem('disk', `There is no room left on the disk. ${kept}`, { hint, at: { file: folder } });
}

/** What PostgreSQL says when it cannot write, as what to do about it; anything else stays what it is. */
export function tellFullDisk(thrown: unknown, folder: string, kept: string, hint: string): unknown {
  if (toProblem(thrown).at?.sqlstate !== diskFull) return thrown;
  return problem('disk', `There is no room left on the disk. ${kept}`, {
    hint,
    at: { file: folder },
    cause: thrown,
  });
}

const diskFull = '53100';
