import { RefreshCw } from 'lucide-react';
import { engine } from '../../../engine.ts';
import { defineCommand } from '../../../palette/command.ts';
import { openTab } from '../../../workspace/tabs.ts';

/** Opens the file of a table as it is now, with the choices of its import, to be compared and loaded again. */
export default defineCommand({
  id: 'import.refresh',
  title: 'Import its file again…',
  group: 'Tables',
  icon: RefreshCw,
  on: 'table',
  run: async ({ target }) => {
    if (!target) return;
    const { key: table } = target;
    const { source, recipe } = await engine.import.sourceState({ table });
    if (!source || !recipe) return;
    openTab({
      kind: 'import',
      key: 'import',
      title: 'Import',
      data: { paths: [source], again: { table, recipe } },
    });
  },
});
