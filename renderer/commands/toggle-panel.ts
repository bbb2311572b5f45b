import { PanelBottom } from 'lucide-react';
import { defineCommand } from '../palette/command.ts';
import { togglePanel } from '../workspace/layout.ts';

/** Shows or hides the panel. */
export default defineCommand({
  id: 'frame.panel',
  title: 'Show or hide panel',
  group: 'View',
  icon: PanelBottom,
  shortcut: 'Mod+J',
  run: () => togglePanel(),
});
