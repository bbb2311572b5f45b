import { createReadStream, createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stopIfCancelled } from '../../../shared/problem.ts';
import { DecodedPlaces } from './decoded-places.ts';

/** True where the file's bytes are UTF-8 already. */
export const isUtf8Name = (encoding: string): boolean => /^utf-?8$/i.test(encoding);

/** Writes a file, or its first bytes, anew as UTF-8; returns how many bytes that gave, and where they come from. */
export async function decodeFile(
  from: string,
  encoding: string,
  to: string,
  { upTo, signal }: { readonly upTo: number; readonly signal?: AbortSignal | undefined },
): Promise<{ readonly bytes: number; readonly places: DecodedPlaces }> {
  const name = encoding === 'latin-1' ? 'latin1' : encoding;
  const decoder = new TextDecoder(name);
  const places = new DecodedPlaces(from, name);
  let bytes = 0;
  let done = 0;
  const encode = (text: string) => {
    const encoded = Buffer.from(text);
    bytes += encoded.length;
    return encoded;
  };
  const decode = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      let at = 0;
      for (const cut of places.cuts(chunk, done)) {
        this.push(encode(decoder.decode(chunk.subarray(at, cut), { stream: true })));
        places.note(bytes, done + cut);
        at = cut;
      }
      this.push(encode(decoder.decode(chunk.subarray(at), { stream: true })));
      done += chunk.length;
      next();
    },
    flush(next) {
      next(null, encode(decoder.decode()));
    },
  });
  const input = createReadStream(from, { highWaterMark: 1 << 20, end: upTo - 1 });
  try {
    await pipeline(input, decode, createWriteStream(to), { ...(signal ? { signal } : {}) });
  } catch (thrown) {
    stopIfCancelled(signal);
    throw thrown;
  }
  return { bytes, places };
}
