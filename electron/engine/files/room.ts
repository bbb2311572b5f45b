import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { DataFile } from '../../../shared/contract/files.ts';
import type { Room } from '../../../shared/contract/index.ts';
import type { Context } from '../context.ts';
import { withDuck } from './duck/duck.ts';
import { withScratch } from './examine.ts';
import { keepPasted } from './keep-pasted.ts';
import { previewFile, quickBytes } from './preview.ts';
import { asOneName, dataFiles, expandPath, pathInside } from './source/expand.ts';
import { openSource } from './source/source.ts';
import { typesWritten } from './types/told-formats.ts';

/** Files as they stand, before anything is loaded. */
export function filesRoom({ workspace }: Context): Room<'files'> {
  const inWorkspace = (path: string) => pathInside(path, workspace.dir);
  return {
    list: async () => Promise.all((await dataFiles(workspace.dir)).map(described)),
    async expand({ paths }) {
      const lists = await Promise.all(paths.map((path) => expandPath(path, workspace.dir)));
      const files = lists.flat();
      return { files, asOne: asOneName(paths.map(inWorkspace), files.map(inWorkspace)) };
    },
    paste: async ({ text }) => ({ path: await keepPasted(text, workspace.statePath('pasted')) }),
    async preview(asked, { signal, progress }) {
      const { path, dialect, format, types = {}, formats = {}, onMisfit, nulls } = asked;
      const { allText = false, whole = false } = asked;
      const source = await openSource(path, workspace.dir);
      const request = {
        dialect,
        format,
        choices: { types: { ...typesWritten(formats), ...types }, formats, onMisfit, nulls, allText },
        ...(whole ? {} : { upTo: quickBytes }),
      };
      return withScratch(workspace.scratch, (scratch) =>
        withDuck(signal, (duck) => previewFile(source, request, { duck, scratch, signal, progress })),
      );
    },
  };
}

async function described(path: string): Promise<DataFile> {
  const { size } = await stat(path);
  return { path, name: basename(path), bytes: size };
}
