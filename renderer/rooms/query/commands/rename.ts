import { Pencil } from 'lucide-react';
import { engine } from '../../../engine.ts';
import { defineCommand } from '../../../palette/command.ts';
import { prompt } from '../../../ui/ask.tsx';
import { rekeyTab, tabId, useTabs } from '../../../workspace/tabs.ts';
import { isNewQuery } from '../new-query.ts';

const isFile = (key: string) => {
  const tab = useTabs.getState().tabs.find(({ id }) => id === tabId({ kind: 'query', key }));
  return !isNewQuery(tab?.data);
};

/** Gives a query's file another name. */
export default defineCommand({
  id: 'query.rename',
  title: 'Rename query…',
  group: 'Query',
  icon: Pencil,
  on: 'query',
  shortcut: 'F2',
  enabled: ({ target }) => target !== undefined && isFile(target.key),
  run: async ({ target }) => {
    if (!target) return;
    const to = await prompt({
      title: `Rename ${target.key}`,
      label: 'Name',
      initial: target.key,
      action: 'Rename',
    });
    if (!to || to === target.key) return;
    await engine.query.rename({ name: target.key, to });
    rekeyTab({ kind: 'query', key: target.key }, { key: to, title: to });
  },
});
