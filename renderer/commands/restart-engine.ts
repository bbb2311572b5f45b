import { RotateCw } from 'lucide-react';
import { bridge } from '../bridge.ts';
import { defineCommand } from '../palette/command.ts';
import { useTasks } from '../tasks.ts';
import { confirm } from '../ui/ask.tsx';

const running = () => useTasks.getState().tasks.some(({ endedAt }) => endedAt === undefined);

/** Stops the engine's process and starts it again. */
export default defineCommand({
  id: 'engine.restart',
  title: 'Restart engine',
  group: 'Workspace',
  icon: RotateCw,
  run: async () => {
    const sure =
      !running() ||
      (await confirm({
        title: 'Restart the engine?',
        says: 'What runs now is stopped and leaves nothing half done. What was saved stays.',
        action: 'Restart engine',
        danger: true,
      }));
    if (sure) await bridge.restartEngine();
  },
});
