import { House } from 'lucide-react';
import { defineCommand } from '../palette/command.ts';
import { openTab } from '../workspace/tabs.ts';

/** Opens the start tab. */
export default defineCommand({
  id: 'frame.start',
  title: 'Show start',
  group: 'General',
  icon: House,
  shortcut: 'Mod+0',
  run: () => openTab({ kind: 'start', key: 'start', title: 'Start' }),
});
