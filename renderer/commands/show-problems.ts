import { CircleAlert } from 'lucide-react';
import { defineCommand } from '../palette/command.ts';
import { showPanel } from '../workspace/layout.ts';

/** Opens the panel at the problems. */
export default defineCommand({
  id: 'frame.problems',
  title: 'Show problems',
  group: 'View',
  icon: CircleAlert,
  shortcut: 'Mod+Shift+M',
  run: ({ tab }) => showPanel(tab?.kind ?? '', 'problems'),
});
