import { Save } from 'lucide-react';
import { defineCommand } from '../../../palette/command.ts';
import { queryOf } from '../runners.ts';

/** Saves a query under a name of its own. */
export default defineCommand({
  id: 'query.saveAs',
  title: 'Save as…',
  group: 'Query',
  icon: Save,
  shortcut: 'Mod+Shift+S',
  enabled: ({ tab }) => tab?.kind === 'query',
  run: ({ tab }) => queryOf(tab?.id)?.saveAs(),
});
