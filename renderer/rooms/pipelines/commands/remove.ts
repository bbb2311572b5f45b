import { Trash2 } from 'lucide-react';
import { engine } from '../../../engine.ts';
import { defineCommand } from '../../../palette/command.ts';
import { confirm } from '../../../ui/ask.tsx';
import { dropTab, tabId } from '../../../workspace/tabs.ts';

/** Deletes a pipeline's file; the tables that it wrote stay. */
export default defineCommand({
  id: 'pipelines.remove',
  title: 'Delete pipeline…',
  group: 'Pipelines',
  icon: Trash2,
  on: 'pipeline',
  danger: true,
  run: async ({ target }) => {
    if (!target) return;
    const { key: name } = target;
    const yes = await confirm({
      title: `Delete ${name}?`,
      says: 'Its file and its tests are deleted. The tables that it wrote stay as they are.',
      action: 'Delete',
      danger: true,
    });
    if (yes !== true) return;
    await engine.pipelines.remove({ name });
    dropTab(tabId({ kind: 'pipeline', key: name }));
  },
});
