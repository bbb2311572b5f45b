import { Keyboard } from 'lucide-react';
import { defineCommand } from '../palette/command.ts';
import { showOverlay } from '../palette/overlay.ts';

/** Shows every shortcut. */
export default defineCommand({
  id: 'frame.shortcuts',
  title: 'Show keyboard shortcuts',
  group: 'General',
  icon: Keyboard,
  shortcut: '?',
  run: () => showOverlay('shortcuts'),
});
