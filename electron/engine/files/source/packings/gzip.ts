import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { problem } from '../../../../../shared/problem.ts';
import { definePacking, nameInside } from '../define-packing.ts';
import type { Source } from '../source.ts';

export default definePacking({
  title: 'gzip',
  signatures: [[0x1f, 0x8b]],
  open: async (source) => ({ name: nameInside(source.name, 'gzip'), pieces: gunzip(source) }),
});

async function* gunzip({ path, name, bytes }: Source): AsyncGenerator<Uint8Array> {
  const input = createReadStream(path);
  const unzip = createGunzip();
  input.once('error', (error) => unzip.destroy(error));
  try {
    yield* input.pipe(unzip) as AsyncIterable<Uint8Array>;
    if (unzip.bytesWritten < bytes) await refuseRest(path, name, unzip.bytesWritten);
  } catch (thrown) {
    const { code = '' } = thrown as NodeJS.ErrnoException;
    if (code === 'Z_BUF_ERROR') {
      throw problem('bad_input', `${name} is cut off: its gzip data stop in the middle.`, {
        hint: 'Nothing was imported. Copy or download the file again.',
        at: { file: path },
      });
    }
    if (!String(code).startsWith('Z_')) throw thrown;
    // The first header was seen to be right: this is that of a second member.
    if ((thrown as Error).message === 'incorrect header check') throw goesOn(path, name);
    throw problem('bad_input', `${name} is damaged: its gzip data cannot be unpacked.`, {
      hint: 'Nothing was imported. Copy or download the file again.',
      at: { file: path },
      cause: thrown,
    });
  } finally {
    input.destroy();
    unzip.destroy();
  }
}

const mostPadding = 1 << 20;

/** Zeros pad a file; anything else behind the data would be left out without a word. */
async function refuseRest(path: string, name: string, from: number): Promise<void> {
  const file = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(mostPadding), 0, mostPadding, from);
    if (buffer.subarray(0, bytesRead).every((byte) => byte === 0)) return;
  } finally {
    await file.close();
  }
  throw goesOn(path, name);
}

const goesOn = (path: string, name: string) =>
  problem('bad_input', `${name} goes on behind its gzip data with something that is none.`, {
    hint: 'Nothing was imported, because that would have been left out. Unpack it with another program, and import what comes out.',
    at: { file: path },
  });
