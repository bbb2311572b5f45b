import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileName } from '../workspace/file-name.ts';
import { readRecipe } from './recipe.ts';

/**
 * Where a table's recipe lies in the workspace: as earlier builds named it, if it is there and of this table. A recipe of
 * another table, as of one that had this name, stays.
 */
export async function recipePath(dir: string, table: string): Promise<string> {
  const path = join('imports', `${fileName(table)}.yaml`);
  const earlier = join('imports', `${table.replace(/[\\/:*?"<>|\p{Cc}]/gu, '_').replace(/^\.+/, '_')}.yaml`);
  if (earlier !== path && !existsSync(join(dir, path)) && (await tableIn(dir, earlier)) === table)
    return earlier;
  for (let next = 2, free = path; ; next++) {
    if (((await tableIn(dir, free)) ?? table) === table) return free;
    // No table's own name has this sign.
    free = join('imports', `${fileName(table)}~${next}.yaml`);
  }
}

const tableIn = (dir: string, path: string): Promise<string | undefined> =>
  readRecipe(join(dir, path)).then(
    (recipe) => recipe.table,
    () => undefined,
  );
