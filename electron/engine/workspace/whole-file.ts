import { randomUUID } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { problem, toProblem } from '../../../shared/problem.ts';

/**
 * Has a file written under a name beside its own and gives it its own when it is whole; a failure leaves what was there
 * and nothing else, and speaks of the file by its own name.
 */
export async function wholeFile<T>(file: string, write: (half: string) => Promise<T>): Promise<T> {
  const half = `${file}.${process.pid}.${randomUUID().slice(0, 8)}.tmp`;
  try {
    const written = await write(half);
    await rename(half, file);
    return written;
  } catch (thrown) {
    await rm(half, { force: true });
    throw toldOf(thrown, half, file);
  }
}

const full = /ENOSPC|EDQUOT|no space left|disk is full|quota/i;

/** What is wrong with the place that was named, by what the system says of it. */
const unwritable: Readonly<Record<string, string>> = {
  ENOENT: 'its folder is not there',
  ENOTDIR: 'its folder is a file',
  EISDIR: 'it is a folder',
  EACCES: 'it may not be written to',
  EPERM: 'it may not be written to',
  EROFS: 'it may not be written to',
};

function toldOf(thrown: unknown, half: string, file: string): unknown {
  const { code, message } = toProblem(thrown);
  const errno = String((thrown as { code?: unknown } | null)?.code);
  const isOurs = message.includes(half);
  const about = { at: { file }, cause: thrown };
  if (full.test(errno) || (isOurs && full.test(message))) {
    const hint = 'Make room, then write it again. What stood there is as it was.';
    return problem('disk', `There is no room left on the disk for ${file}.`, { hint, ...about });
  }
  if (code === 'cancelled' || !isOurs) return thrown;
  const why = unwritable[errno];
  if (!why) return problem(code, message.replaceAll(half, file), about);
  const hint = 'Name a file in a folder that is there and may be written to.';
  return problem('bad_input', `${file} cannot be written: ${why}.`, { hint, ...about });
}
