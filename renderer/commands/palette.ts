import { Search } from 'lucide-react';
import { defineCommand } from '../palette/command.ts';
import { showOverlay } from '../palette/overlay.ts';

/** Opens the palette. */
export default defineCommand({
  id: 'palette.open',
  title: 'Show all actions and objects',
  group: 'General',
  icon: Search,
  shortcut: 'Mod+K',
  hidden: true,
  run: () => showOverlay('palette'),
});
