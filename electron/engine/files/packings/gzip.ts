import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { problem } from '../../../../shared/problem.ts';
import { definePacking, nameInside } from '../define-packing.ts';
import type { Source } from '../source.ts';

export default definePacking({
  title: 'gzip',
  signature: [0x1f, 0x8b],
  open: async (source) => ({ name: nameInside(source.name, 'gzip'), pieces: gunzip(source) }),
});

async function* gunzip({ path, name }: Source): AsyncGenerator<Uint8Array> {
  const input = createReadStream(path);
  const unzip = createGunzip();
  input.once('error', (error) => unzip.destroy(error));
  try {
    yield* input.pipe(unzip) as AsyncIterable<Uint8Array>;
  } catch (thrown) {
    const { code = '' } = thrown as NodeJS.ErrnoException;
    if (code === 'Z_BUF_ERROR') {
      throw problem('bad_input', `${name} is cut off: its gzip data stop in the middle.`, {
        hint: 'Nothing was imported. Copy or download the file again.',
        at: { file: path },
      });
    }
    if (!code.startsWith('Z_')) throw thrown;
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
