import { ChartColumn, Pencil, Trash2 } from 'lucide-react';
import { openNewChart } from '../../../charts/open-chart.ts';
import { engine } from '../../../engine.ts';
import { defineCommand } from '../../../palette/command.ts';
import { confirm, prompt } from '../../../ui/ask.tsx';
import { dropTab, rekeyTab, tabId } from '../../../workspace/tabs.ts';

/** Makes charts of tables, renames and deletes them. */
export default () => [
  defineCommand({
    id: 'charts.ofTable',
    title: 'Chart this table',
    group: 'Charts',
    icon: ChartColumn,
    on: 'table',
    run: async ({ target }) => {
      if (target) await openNewChart({ table: target.key });
    },
  }),
  defineCommand({
    id: 'charts.rename',
    title: 'Rename chart…',
    group: 'Charts',
    icon: Pencil,
    on: 'chart',
    run: async ({ target }) => {
      if (!target) return;
      const label = { title: `Rename ${target.key}`, label: 'Name', initial: target.key, action: 'Rename' };
      const to = await prompt(label);
      if (!to || to === target.key) return;
      await engine.query.renameChart({ name: target.key, to });
      rekeyTab({ kind: 'chart', key: target.key }, { key: to, title: to });
    },
  }),
  defineCommand({
    id: 'charts.remove',
    title: 'Delete chart…',
    group: 'Charts',
    icon: Trash2,
    on: 'chart',
    danger: true,
    run: async ({ target }) => {
      if (!target) return;
      const says = `The file charts/${target.key}.yaml is deleted.`;
      const yes = await confirm({ title: `Delete ${target.key}?`, says, action: 'Delete', danger: true });
      if (yes !== true) return;
      await engine.query.removeChart({ name: target.key });
      dropTab(tabId({ kind: 'chart', key: target.key }));
    },
  }),
];
