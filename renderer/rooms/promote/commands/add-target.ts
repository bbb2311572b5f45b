import { Plus } from 'lucide-react';
import { defineCommand } from '../../../palette/command.ts';
import { askForTarget } from '../edited-target.ts';

/** Adds a server to promote to, or a folder to rehearse on. */
export default defineCommand({
  id: 'promote.add-target',
  title: 'Add target…',
  group: 'New',
  icon: Plus,
  shortcut: 'Mod+Shift+A',
  run: askForTarget,
});
