import { problem, toProblem } from '../../../shared/problem.ts';
import { refuseChanged, type Source } from '../files/source/source.ts';

const full = /no space left|file too large|ENOSPC|EFBIG|EDQUOT|quota exceeded/i;

/** What went wrong while a file was read, in words: a file that was changed or is gone, a disk that is full. */
export async function tellTrouble(thrown: unknown, source: Source): Promise<unknown> {
  const { code, message } = toProblem(thrown);
  if (code === 'cancelled') return thrown;
  if (full.test(message)) {
    return problem('disk', `There is no room left on the disk for ${source.name}. Nothing was imported.`, {
      hint: 'An import needs about twice the size of the file. Make room, then import it again.',
      at: { file: source.path },
      cause: thrown,
    });
  }
  if (code === 'disk' || code === 'engine_lost') return thrown;
  const changed = await refuseChanged(source).catch((changed: unknown) => changed);
  return changed ?? thrown;
}
