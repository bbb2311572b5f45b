import { PanelLeft } from 'lucide-react';
import { defineCommand } from '../palette/command.ts';
import { togglePart } from '../workspace/layout.ts';

/** Shows or hides the side bar. */
export default defineCommand({
  id: 'frame.sideBar',
  title: 'Show or hide side bar',
  group: 'View',
  icon: PanelLeft,
  shortcut: 'Mod+B',
  run: () => togglePart('sideBar'),
});
