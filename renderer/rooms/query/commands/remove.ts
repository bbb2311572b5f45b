import { Trash2 } from 'lucide-react';
import { engine } from '../../../engine.ts';
import { defineCommand } from '../../../palette/command.ts';
import { confirm } from '../../../ui/ask.tsx';
import { dropTab, tabId } from '../../../workspace/tabs.ts';

/** Deletes a query's file. */
export default defineCommand({
  id: 'query.remove',
  title: 'Delete query…',
  group: 'Query',
  icon: Trash2,
  on: 'query',
  danger: true,
  run: async ({ target }) => {
    if (!target) return;
    const yes = await confirm({
      title: `Delete ${target.key}?`,
      says: `The file queries/${target.key}.sql is deleted.`,
      action: 'Delete',
      danger: true,
    });
    if (yes !== true) return;
    await engine.query.remove({ name: target.key });
    dropTab(tabId({ kind: 'query', key: target.key }));
  },
});
