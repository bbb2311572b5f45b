import { mkdir, open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { wholeFile } from './whole-file.ts';

/** Writes a text file so that it is there whole or not at all, also after a power cut. */
export async function writeWhole(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await wholeFile(file, async (half) => {
    const handle = await open(half, 'wx');
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
  });
}
