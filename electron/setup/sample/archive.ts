import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { create } from 'tar';
import { openLocalEngine } from '../../cli/local-engine.ts';
import { appFile } from '../../engine/app-files.ts';
import { fillShop } from './fill.ts';
import { generateShop, writeShop } from './shop.ts';

/**
 * Makes `sample.tar.gz`: the sample workspace with its tables loaded, pipeline run, checks judged and tickets embedded,
 * so that a first start shows everything alive at once.
 */
export async function writeSampleArchive(assets: string): Promise<void> {
  const file = join(assets, 'sample.tar.gz');
  const stamp = join(assets, 'sample.stamp');
  const wanted = fingerprint();
  if (existsSync(file) && existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  const scratch = await mkdtemp(join(tmpdir(), 'assay-sample-'));
  const dir = join(scratch, 'Shop');
  try {
    writeShop(dir);
    const { engine, close } = await openLocalEngine(dir);
    try {
      await fillShop(engine, dir);
    } finally {
      await close();
    }
    await create({ gzip: { level: 4 }, file: `${file}.new`, cwd: dir, portable: true }, await readdir(dir));
    await rename(`${file}.new`, file);
    await writeFile(stamp, wanted);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** What the archive is made of: the generated files, the catalog and the model. */
function fingerprint(): string {
  const hash = createHash('sha256');
  for (const [path, text] of generateShop().files) hash.update(path).update(text);
  for (const name of ['database.stamp', 'model/model.json']) {
    const file = appFile(`dist/assets/${name}`);
    if (existsSync(file)) hash.update(readFileSync(file));
  }
  return hash.digest('hex');
}
