import { ListChecks } from 'lucide-react';
import { defineCommand } from '../../../palette/command.ts';
import { runAndTell } from '../verdicts/run-checks.ts';

/** Runs every rule of the workspace. */
export default defineCommand({
  id: 'checks.run-all',
  title: 'Run all checks',
  group: 'Checks',
  icon: ListChecks,
  shortcut: 'Mod+Shift+C',
  run: async () => {
    await runAndTell({});
  },
});
