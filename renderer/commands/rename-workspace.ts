import { Pencil } from 'lucide-react';
import { engine } from '../engine.ts';
import { defineCommand } from '../palette/command.ts';
import { prompt } from '../ui/ask.tsx';
import { roomsChanged } from '../use-engine.ts';

/** Gives the workspace another name; its folder stays. */
export default defineCommand({
  id: 'workspace.rename',
  title: 'Rename workspace…',
  group: 'Workspace',
  icon: Pencil,
  run: async () => {
    const { name: initial } = await engine.workspace.info({});
    const name = await prompt({
      title: 'Rename workspace',
      says: 'The folder keeps its name.',
      label: 'Name',
      initial,
      action: 'Rename',
    });
    if (!name) return;
    await engine.workspace.rename({ name });
    await roomsChanged(['workspace']);
  },
});
