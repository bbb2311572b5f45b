import { Trash2 } from 'lucide-react';
import { engine } from '../../../engine.ts';
import { defineCommand } from '../../../palette/command.ts';
import { confirm } from '../../../ui/ask.tsx';
import { dropTab, tabId } from '../../../workspace/tabs.ts';

/** Removes a table, after saying what would miss it. */
export default defineCommand({
  id: 'tables.drop',
  title: 'Drop table…',
  group: 'Tables',
  icon: Trash2,
  on: 'table',
  danger: true,
  run: async ({ target }) => {
    if (!target) return;
    const { key: table } = target;
    const dependents = await engine.tables.dependents({ table });
    const missed = dependents.map(({ says }) => says).join('; ');
    const yes = await confirm({
      title: `Drop ${table}?`,
      says: missed
        ? `In use: ${missed}. Views over it go with it; what else uses it will fail.`
        : 'Its rows are gone for good. Nothing else uses it.',
      action: 'Drop',
      danger: true,
    });
    if (yes !== true) return;
    await engine.tables.drop({ table, evenIfUsed: true });
    dropTab(tabId({ kind: 'table', key: table }));
  },
});
