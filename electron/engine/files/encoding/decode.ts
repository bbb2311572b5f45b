import { createReadStream, createWriteStream } from 'node:fs';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { stopIfCancelled } from '../../../../shared/problem.ts';
import { DecodedPlaces } from './decoded-places.ts';
import { type Decoder, decoderOf } from './line-decoder.ts';

/** True where the file's bytes are UTF-8 already. */
export const isUtf8Name = (encoding: string): boolean => /^utf-?8$/i.test(encoding);

interface DecodeOptions {
  readonly upTo: number;
  readonly signal?: AbortSignal | undefined;
  /** Instead of that of the encoding. */
  readonly decoder?: Decoder;
}

/** Writes a file, or its first bytes, anew as UTF-8; returns how many bytes that gave, and where they come from. */
export async function decodeFile(
  from: string,
  encoding: string,
  to: string,
  { upTo, signal, decoder = decoderOf(encoding) }: DecodeOptions,
): Promise<{ readonly bytes: number; readonly places: DecodedPlaces }> {
  const places = new DecodedPlaces(from, encoding);
  let bytes = 0;
  let done = 0;
  const decoded = (piece: Uint8Array, stream: boolean) => {
    const encoded = decoder.decode(piece, stream);
    bytes += encoded.length;
    return encoded;
  };
  const decode = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      let at = 0;
      for (const cut of places.cuts(chunk, done)) {
        this.push(decoded(chunk.subarray(at, cut), true));
        places.note(bytes, done + cut);
        at = cut;
      }
      this.push(decoded(chunk.subarray(at), true));
      done += chunk.length;
      next();
    },
    flush(next) {
      next(null, decoded(new Uint8Array(), false));
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
