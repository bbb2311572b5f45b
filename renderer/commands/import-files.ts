import { FileUp } from 'lucide-react';
import { bridge } from '../bridge.ts';
import { importFiles } from '../frame/file-drop.tsx';
import { defineCommand } from '../palette/command.ts';

/** Chooses files and takes them to the import room. */
export default defineCommand({
  id: 'import.choose',
  title: 'Import files…',
  group: 'New',
  icon: FileUp,
  shortcut: 'Mod+I',
  run: async () => importFiles(await bridge.chooseFiles()),
});
