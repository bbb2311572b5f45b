import { readFile } from 'node:fs/promises';
import type { Room } from '../../../shared/contract/index.ts';
import type { WorkspaceInfo } from '../../../shared/contract/workspace.ts';
import { problem } from '../../../shared/problem.ts';
import type { Context } from '../context.ts';
import { changeSettings, readSettings } from './settings.ts';
import { writeWhole } from './write-whole.ts';

/** The workspace itself: its name, targets, and what the window remembers. `status` is the engine's own. */
export function workspaceRoom({ workspace, emit }: Context): Omit<Room<'workspace'>, 'status'> {
  const layoutFile = workspace.statePath('layout.json');
  const info = async (): Promise<WorkspaceInfo> => ({
    dir: workspace.dir,
    sample: workspace.sample,
    ...(await readSettings(workspace.dir)),
  });
  workspace.onFolderChange('assay.yaml', () => emit({ event: 'changed', room: 'workspace' }));
  const change = async (changed: Parameters<typeof changeSettings>[1]) => {
    await changeSettings(workspace.dir, changed);
    emit({ event: 'changed', room: 'workspace' });
    return info();
  };
  return {
    info,
    rename: ({ name }) => change({ name }),
    async saveTarget({ target }) {
      const { targets } = await readSettings(workspace.dir);
      const at = targets.findIndex(({ name }) => name === target.name);
      return change({ targets: at < 0 ? [...targets, target] : targets.with(at, target) });
    },
    async removeTarget({ name }) {
      const { targets } = await readSettings(workspace.dir);
      if (!targets.some((target) => target.name === name)) {
        throw problem('not_found', `There is no target "${name}".`);
      }
      return change({ targets: targets.filter((target) => target.name !== name) });
    },
    saveChecks: ({ checks }) => change({ checks }),
    async layout() {
      const text = await readFile(layoutFile, 'utf8').catch(() => 'null');
      try {
        return JSON.parse(text) as unknown;
      } catch {
        return null;
      }
    },
    async saveLayout({ layout }) {
      await writeWhole(layoutFile, JSON.stringify(layout));
      return null;
    },
  };
}
