import { X } from 'lucide-react';
import { defineCommand } from '../palette/command.ts';
import { closeTab } from '../workspace/close-tab.ts';

/** Closes the seen tab. */
export default defineCommand({
  id: 'tabs.close',
  title: 'Close tab',
  group: 'Tabs',
  icon: X,
  shortcut: 'Mod+W',
  enabled: ({ tab }) => tab !== undefined,
  run: async ({ tab }) => {
    if (tab) await closeTab(tab.id);
  },
});
