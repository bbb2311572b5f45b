import { FolderOpen } from 'lucide-react';
import { openFolder } from '../frame/opening.tsx';
import { defineCommand } from '../palette/command.ts';

/** Opens another folder as a workspace. */
export default defineCommand({
  id: 'workspace.open',
  title: 'Open workspace…',
  group: 'Workspace',
  icon: FolderOpen,
  shortcut: 'Mod+O',
  run: openFolder,
});
