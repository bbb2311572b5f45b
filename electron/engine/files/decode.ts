import { createReadStream, createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { problem } from '../../../shared/problem.ts';

/** True where the file's bytes are UTF-8 already. */
export const isUtf8Name = (encoding: string): boolean => /^utf-?8$/i.test(encoding);

/** Writes a file, or its first bytes, anew as UTF-8; returns how many bytes that gave. */
export async function decodeFile(
  from: string,
  encoding: string,
  to: string,
  { upTo, signal }: { readonly upTo: number; readonly signal?: AbortSignal | undefined },
): Promise<number> {
  const decoder = new TextDecoder(encoding === 'latin-1' ? 'latin1' : encoding);
  let written = 0;
  const encode = (text: string) => {
    const bytes = Buffer.from(text);
    written += bytes.length;
    return bytes;
  };
  const decode = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      done(null, encode(decoder.decode(chunk, { stream: true })));
    },
    flush(done) {
      done(null, encode(decoder.decode()));
    },
  });
  const input = createReadStream(from, { highWaterMark: 1 << 20, end: upTo - 1 });
  try {
    await pipeline(input, decode, createWriteStream(to), { ...(signal ? { signal } : {}) });
  } catch (thrown) {
    if (signal?.aborted) throw problem('cancelled', 'Cancelled; nothing was changed.');
    throw thrown;
  }
  return written;
}
