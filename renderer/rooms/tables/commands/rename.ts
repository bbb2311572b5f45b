import { Pencil } from 'lucide-react';
import { engine } from '../../../engine.ts';
import { defineCommand } from '../../../palette/command.ts';
import { prompt } from '../../../ui/ask.tsx';
import { rekeyTab } from '../../../workspace/tabs.ts';

/** Gives a table another name. */
export default defineCommand({
  id: 'tables.rename',
  title: 'Rename table…',
  group: 'Tables',
  icon: Pencil,
  on: 'table',
  shortcut: 'F2',
  run: async ({ target }) => {
    if (!target) return;
    const to = await prompt({
      title: `Rename ${target.key}`,
      says: 'Pipelines that name it are changed too; written SQL is not.',
      label: 'Name',
      initial: target.key,
      action: 'Rename',
    });
    if (!to || to === target.key) return;
    await engine.tables.rename({ table: target.key, to });
    rekeyTab({ kind: 'table', key: target.key }, { key: to, title: to });
  },
});
