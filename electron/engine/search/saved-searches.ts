import type { Room } from '../../../shared/contract/index.ts';
import { type SavedSearch, type SavedSearchFile, savedSearch } from '../../../shared/contract/search.ts';
import type { Context } from '../context.ts';
import { NamedFiles } from '../workspace/named-files.ts';
import { readYaml } from '../workspace/read-yaml.ts';
import { writeWhole } from '../workspace/write-whole.ts';

/** Searches as text files of the workspace, one each in searches/. */
export function savedSearchCalls(
  { workspace }: Pick<Context, 'workspace'>,
  changed: () => void,
): Pick<Room<'search'>, 'savedSearches' | 'saveSearch' | 'removeSearch'> {
  const files = new NamedFiles(workspace.path('searches'), '.yaml', 'search');
  workspace.onFolderChange('searches', changed);
  return {
    savedSearches: () => files.list(readSearch),
    async saveSearch({ name, search }) {
      const { stringify } = await import('yaml');
      await writeWhole(files.fileOf(name), stringify(written(search), { lineWidth: 110 }));
      changed();
      return null;
    },
    async removeSearch({ name }) {
      await files.remove(name);
      changed();
      return null;
    },
  };
}

async function readSearch(name: string, file: string): Promise<SavedSearchFile> {
  const { held, problem } = await readYaml<SavedSearch>(file, savedSearch, 'the search');
  return held ? { name, search: held } : { name, problem };
}

/** Only what is not so by itself, so that the file reads as what was asked. */
function written(search: SavedSearch): object {
  const { version, collection, text, mode } = search;
  const usual = savedSearch.parse({ version, collection });
  const other = Object.entries(search).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(usual[key as keyof SavedSearch]),
  );
  return { version, collection, text, mode, ...Object.fromEntries(other) };
}
