import { Trash2 } from 'lucide-react';
import { engine } from '../../../engine.ts';
import { defineCommand } from '../../../palette/command.ts';
import { confirm } from '../../../ui/ask.tsx';
import { dropTab, tabId } from '../../../workspace/tabs.ts';

/** Removes a collection; its table stays. */
export default defineCommand({
  id: 'search.remove',
  title: 'Remove collection…',
  group: 'Search',
  icon: Trash2,
  on: 'collection',
  danger: true,
  run: async ({ target }) => {
    if (!target) return;
    const yes = await confirm({
      title: `Remove ${target.key}?`,
      says: 'Its vectors, what was judged of its results, and its map with the names of topics are gone; the table it was made of stays.',
      action: 'Remove',
      danger: true,
    });
    if (yes !== true) return;
    await engine.search.remove({ collection: target.key });
    dropTab(tabId({ kind: 'collection', key: target.key }));
  },
});
