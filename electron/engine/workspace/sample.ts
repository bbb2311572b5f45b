import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { appFile } from '../app-files.ts';

/** Puts the prepared sample workspace at `dir`, whole or not at all; a folder with something in it is left alone. */
export async function unpackSample(dir: string): Promise<void> {
  if (existsSync(dir) && (await readdir(dir)).length > 0) return;
  const half = join(dirname(dir), `.sample-${process.pid}`);
  await rm(half, { recursive: true, force: true });
  await mkdir(half, { recursive: true });
  try {
    const { extract } = await import('tar');
    await extract({ file: appFile('dist/assets/sample.tar.gz'), cwd: half });
    // Refuses a folder that was filled meanwhile, where rm would empty it.
    if (existsSync(dir)) await rmdir(dir);
    await rename(half, dir);
  } catch (thrown) {
    await rm(half, { recursive: true, force: true });
    if (!['ENOTEMPTY', 'EEXIST'].includes(String((thrown as NodeJS.ErrnoException).code))) throw thrown;
  }
}
