import { PanelRight } from 'lucide-react';
import { defineCommand } from '../palette/command.ts';
import { togglePart } from '../workspace/layout.ts';

/** Shows or hides the inspector. */
export default defineCommand({
  id: 'frame.inspector',
  title: 'Show or hide inspector',
  group: 'View',
  icon: PanelRight,
  shortcut: 'Mod+Alt+B',
  run: () => togglePart('inspector'),
});
