import { ListChecks } from 'lucide-react';
import { defineCommand } from '../palette/command.ts';
import { showPanel } from '../workspace/layout.ts';

/** Opens the panel at the tasks. */
export default defineCommand({
  id: 'frame.tasks',
  title: 'Show tasks',
  group: 'View',
  icon: ListChecks,
  run: ({ tab }) => showPanel(tab?.kind ?? '', 'tasks'),
});
