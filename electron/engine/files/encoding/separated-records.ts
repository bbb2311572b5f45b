import { createReadStream, createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { problem, stopIfCancelled } from '../../../../shared/problem.ts';
import { CR, LF } from './line-breaks.ts';

const recordSeparator = 0x1e;

/** True for a text whose records end with ASCII's own separator, not with lines. */
export const hasSeparatedRecords = (head: Buffer): boolean =>
  head.includes(recordSeparator) && !head.includes(LF) && !head.includes(CR);

/** Writes a file anew with a line for each record; every byte keeps its place. */
export async function separateLines(
  from: string,
  to: string,
  { upTo, signal }: { readonly upTo: number; readonly signal?: AbortSignal | undefined },
): Promise<void> {
  const lines = new Transform({
    transform(piece: Buffer, _encoding, next) {
      if (piece.includes(LF) || piece.includes(CR)) return next(brokenUp(from));
      for (let at = piece.indexOf(recordSeparator); at >= 0; at = piece.indexOf(recordSeparator, at + 1))
        piece[at] = LF;
      next(null, piece);
    },
  });
  try {
    const input = createReadStream(from, { highWaterMark: 1 << 20, end: upTo - 1 });
    await pipeline(input, lines, createWriteStream(to), { ...(signal ? { signal } : {}) });
  } catch (thrown) {
    stopIfCancelled(signal);
    throw thrown;
  }
}

const brokenUp = (file: string) =>
  problem('bad_input', 'Its records end with the separator 0x1E, but there are line breaks in it as well.', {
    hint: 'Export it with line breaks between records.',
    at: { file },
  });
