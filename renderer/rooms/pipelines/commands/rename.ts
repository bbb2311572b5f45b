import { Pencil } from 'lucide-react';
import { engine } from '../../../engine.ts';
import { defineCommand } from '../../../palette/command.ts';
import { prompt } from '../../../ui/ask.tsx';
import { rekeyTab, saveTab, tabId, useTabs } from '../../../workspace/tabs.ts';
import { nameFault } from '../document/pipeline-names.ts';

/** Gives a pipeline another name; what is unsaved in it is saved first. */
export default defineCommand({
  id: 'pipelines.rename',
  title: 'Rename pipeline…',
  group: 'Pipelines',
  icon: Pencil,
  on: 'pipeline',
  shortcut: 'F2',
  run: async ({ target }) => {
    if (!target) return;
    const { key: name } = target;
    const taken = (await engine.pipelines.list({})).map((pipeline) => pipeline.name);
    const to = await prompt({
      title: `Rename ${name}`,
      label: 'Name',
      initial: name,
      action: 'Rename',
      validate: (text) => (text === name ? undefined : nameFault(text, taken)),
    });
    if (!to || to === name) return;
    const id = tabId({ kind: 'pipeline', key: name });
    if (useTabs.getState().tabs.some((tab) => tab.id === id && tab.unsaved)) await saveTab(id);
    await engine.pipelines.rename({ name, to });
    rekeyTab({ kind: 'pipeline', key: name }, { key: to, title: to });
  },
});
