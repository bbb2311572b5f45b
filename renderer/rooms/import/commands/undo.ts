import { Undo2 } from 'lucide-react';
import { engine } from '../../../engine.ts';
import { defineCommand } from '../../../palette/command.ts';
import { confirm } from '../../../ui/ask.tsx';
import { dropTab, tabId } from '../../../workspace/tabs.ts';

/** Takes the last import of a table back, after saying what that does. */
export default defineCommand({
  id: 'import.undo',
  title: 'Undo last import…',
  group: 'Tables',
  icon: Undo2,
  on: 'table',
  run: async ({ target }) => {
    if (!target) return;
    const { key: table } = target;
    const { possible, says, source } = await engine.import.undoState({ table });
    const yes = await confirm({
      title: possible ? `Undo the import of ${source}?` : `The import of ${table} cannot be undone`,
      says,
      action: possible ? 'Undo import' : 'OK',
      danger: possible,
    });
    if (yes !== true || !possible) return;
    const { exists } = await engine.import.undo({ table });
    if (!exists) dropTab(tabId({ kind: 'table', key: table }));
  },
});
