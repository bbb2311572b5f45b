import type { Dirent } from 'node:fs';
import { mkdir, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataFile } from '../../../shared/contract/files.ts';
import type { Room } from '../../../shared/contract/index.ts';
import type { Context } from '../context.ts';
import { unreadable } from '../workspace/list-folder.ts';
import { withDuck } from './duck.ts';
import { withScratch } from './examine.ts';
import { previewFile, quickBytes } from './preview.ts';
import { openSource } from './source.ts';

/** Files as they stand, before anything is loaded. */
export function filesRoom({ workspace }: Context): Room<'files'> {
  return {
    list: () => dataFiles(workspace.dir),
    async preview(asked, { signal, progress }) {
      const { path, dialect, format, types = {}, allText = false, whole = false } = asked;
      const source = await openSource(path, workspace.dir);
      const request = {
        dialect,
        format,
        choices: { types, allText },
        ...(whole ? {} : { upTo: quickBytes }),
      };
      await mkdir(workspace.statePath(), { recursive: true });
      return withScratch(workspace.statePath(), (scratch) =>
        withDuck(signal, (duck) => previewFile(source, request, { duck, scratch, signal, progress })),
      );
    },
  };
}

const importable = /\.(csv|tsv|tab|txt|psv|dat)$/i;
const deepest = 3;

/** Delimited files in the folder and three levels below, by path. */
async function dataFiles(dir: string): Promise<DataFile[]> {
  const found: DataFile[] = [];
  const walk = async (folder: string, depth: number) => {
    for (const entry of await entriesOf(folder, depth)) {
      const path = join(folder, entry.name);
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      if (entry.isDirectory() && depth < deepest) await walk(path, depth + 1);
      if (!entry.isFile() || !importable.test(entry.name)) continue;
      const { size } = await stat(path);
      found.push({ path, name: entry.name, bytes: size });
    }
  };
  await walk(dir, 0);
  return found.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** A folder further down may belong to someone else: it is passed by. */
async function entriesOf(folder: string, depth: number): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (thrown) {
    const { code = '' } = thrown as NodeJS.ErrnoException;
    if (code === 'ENOENT' || (depth > 0 && ['EACCES', 'EPERM'].includes(code))) return [];
    throw unreadable(folder, thrown);
  }
}
