import { ListPlus } from 'lucide-react';
import { currentGrid } from '../../../grid/current-grid.ts';
import { defineCommand } from '../../../palette/command.ts';
import { toast } from '../../../ui/toast.tsx';
import { openChecks } from '../rules/open-checks.ts';
import { newRule } from '../rules/rule-dialog-state.ts';

/** Writes a rule on the column that the cursor of the table is in: this key, then Enter. */
export default defineCommand({
  id: 'checks.rule-on-column',
  title: 'Add rule on this column…',
  group: 'Checks',
  icon: ListPlus,
  on: 'table',
  shortcut: 'Mod+Shift+K',
  enabled: ({ target }) => target?.kind === 'table',
  run: ({ target }) => {
    if (!target) return;
    const table = target.key;
    newRule(table, currentGrid()?.focus?.column.name, (id) =>
      toast({ title: `Rule ${id} added`, action: { label: 'Open', run: () => openChecks(table, id) } }),
    );
  },
});
