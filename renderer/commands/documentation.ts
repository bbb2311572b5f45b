import { BookOpen } from 'lucide-react';
import { bridge } from '../bridge.ts';
import { engine } from '../engine.ts';
import { defineCommand } from '../palette/command.ts';
import { runTask } from '../tasks.ts';
import { toast } from '../ui/toast.tsx';

async function write(samples: boolean) {
  const folder = await bridge.chooseFolder('Folder for the documentation');
  if (!folder) return;
  const { file } = await runTask('Writing documentation', (options) =>
    engine.documentation.write({ folder, samples }, options),
  );
  toast({ title: 'Documentation written', detail: file });
}

/** Writes one page about the whole workspace, for people who do not have it. */
export default () => [
  defineCommand({
    id: 'documentation.write',
    title: 'Write documentation…',
    group: 'Workspace',
    icon: BookOpen,
    run: () => write(true),
  }),
  defineCommand({
    id: 'documentation.writeWithoutSamples',
    title: 'Write documentation without rows…',
    group: 'Workspace',
    icon: BookOpen,
    run: () => write(false),
  }),
];
