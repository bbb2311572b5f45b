import { Save } from 'lucide-react';
import { defineCommand } from '../palette/command.ts';
import { saveTab } from '../workspace/tabs.ts';

/** Saves what is unsaved in the seen tab. */
export default defineCommand({
  id: 'tabs.save',
  title: 'Save',
  group: 'Tabs',
  icon: Save,
  shortcut: 'Mod+S',
  enabled: ({ tab }) => tab?.unsaved === true,
  run: async ({ tab }) => {
    if (tab) await saveTab(tab.id);
  },
});
