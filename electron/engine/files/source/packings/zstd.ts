import { createReadStream } from 'node:fs';
import { problem } from '../../../../../shared/problem.ts';
import { definePacking, nameInside } from '../define-packing.ts';
import type { Source } from '../source.ts';

/** Small, because what one piece unpacks to is held in memory. */
const pieceBytes = 4096;

export default definePacking({
  title: 'zstd',
  signatures: [[0x28, 0xb5, 0x2f, 0xfd]],
  open: async (source) => ({ name: nameInside(source.name, 'zstd'), pieces: unpack(source) }),
});

async function* unpack({ path, name, bytes }: Source): AsyncGenerator<Uint8Array> {
  const { Decompress, ZstdErrorCode } = await import('fzstd');
  let out: Uint8Array[] = [];
  const stream = new Decompress((piece) => void out.push(piece));
  let read = 0;
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Uint8Array>) {
      for (let at = 0; at < chunk.length; at += pieceBytes) {
        const piece = chunk.subarray(at, at + pieceBytes);
        read += piece.length;
        stream.push(piece, read === bytes);
        yield* out;
        out = [];
      }
    }
  } catch (thrown) {
    const { code } = thrown as { code?: unknown };
    if (typeof code !== 'number') throw thrown;
    const cut = code === ZstdErrorCode.UnexpectedEOF;
    const said = cut
      ? 'cut off: its zstd data stop in the middle'
      : 'damaged: its zstd data cannot be unpacked';
    throw problem('bad_input', `${name} is ${said}.`, {
      hint: 'Nothing was imported. Copy or download the file again.',
      at: { file: path },
      cause: thrown,
    });
  }
}
