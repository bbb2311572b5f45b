import { GitCompareArrows } from 'lucide-react';
import { defineCommand } from '../../../palette/command.ts';
import { openTab } from '../../../workspace/tabs.ts';

/** Opens a table beside another one, or beside what it was before its last import. */
export default defineCommand({
  id: 'tables.compare',
  title: 'Compare with another table or version',
  group: 'Tables',
  icon: GitCompareArrows,
  on: 'table',
  run: ({ target }) => {
    if (target) openTab({ kind: 'comparison', key: target.key, title: `${target.key} compared` });
  },
});
