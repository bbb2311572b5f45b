import { Ban } from 'lucide-react';
import { defineCommand } from '../palette/command.ts';
import { cancelTask, useTasks } from '../tasks.ts';

const running = () => useTasks.getState().tasks.filter(({ status }) => status === 'running');

/** Cancels everything that runs. */
export default defineCommand({
  id: 'tasks.cancel',
  title: 'Cancel running tasks',
  group: 'Workspace',
  icon: Ban,
  shortcut: 'Mod+.',
  enabled: () => running().length > 0,
  run: () => {
    for (const { id } of running()) cancelTask(id);
  },
});
