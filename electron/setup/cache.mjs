import { chmodSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

/** This user's folder for things that are made or fetched once and serve every checkout. */
export const cacheDir = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'assay');

/**
 * Gives a folder of the cache, making it on first need. It is made beside its place and moved there whole, so that a
 * folder that exists is complete, whatever was interrupted before.
 * @param {string} name
 * @param {(folder: string) => Promise<void>} make fills an empty folder
 * @param {string} [cache] another cache than the user's own
 */
export async function cachedFolder(name, make, cache = cacheDir) {
  const place = join(cache, name);
  if (existsSync(place)) return place;
  mkdirSync(dirname(place), { recursive: true });
  const draft = mkdtempSync(`${place}.draft-`);
  try {
    await make(draft);
    chmodSync(draft, 0o755);
    moveUnlessThere(draft, place);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return place;
}

/** Another process may have finished the same work first; its folder is as good as ours. @param {string} draft @param {string} place */
function moveUnlessThere(draft, place) {
  try {
    renameSync(draft, place);
  } catch (error) {
    if (!existsSync(place)) throw error;
  }
}
