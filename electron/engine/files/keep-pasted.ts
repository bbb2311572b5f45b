import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beginsAsJson } from './formats/json/sequence.ts';

/** Writes pasted text to a file of its own: `pasted.tsv`, `pasted_2.tsv` … The table will be called likewise. */
export async function keepPasted(text: string, folder: string): Promise<string> {
  await mkdir(folder, { recursive: true });
  const ending = beginsAsJson(text) ? 'json' : text.includes('\t') ? 'tsv' : 'csv';
  for (let number = 1; ; number++) {
    const path = join(folder, `pasted${number === 1 ? '' : `_${number}`}.${ending}`);
    if (existsSync(path)) continue;
    await writeFile(path, text.endsWith('\n') ? text : `${text}\n`, { flag: 'wx' });
    return path;
  }
}
