import { Undo2 } from 'lucide-react';
import { defineCommand } from '../palette/command.ts';
import { reopenTab } from '../workspace/tabs.ts';

/** Opens the tab closed last again. */
export default defineCommand({
  id: 'tabs.reopen',
  title: 'Reopen closed tab',
  group: 'Tabs',
  icon: Undo2,
  shortcut: 'Mod+Shift+T',
  run: reopenTab,
});
