import { listFolder } from '../../workspace/list-folder.ts';
import type { Workspace } from '../../workspace/workspace.ts';
import { modelsFolder } from './models.ts';

/** Tells of changes in the folder of models, and in the folder of each of them. */
export function followModels(workspace: Workspace, changed: () => void): void {
  const followed = new Set<string>();
  const look = async () => {
    for (const name of await listFolder(workspace.path(modelsFolder)).catch(() => [])) {
      if (followed.has(name)) continue;
      followed.add(name);
      workspace.onFolderChange(`${modelsFolder}/${name}`, changed);
    }
  };
  workspace.onFolderChange(modelsFolder, () => void look().then(changed));
  void look();
}
