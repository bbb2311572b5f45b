import { Plus } from 'lucide-react';
import { defineCommand } from '../../../palette/command.ts';
import { openChecks } from '../rules/open-checks.ts';
import { newRule } from '../rules/rule-dialog-state.ts';

/** Writes a new rule on a table, from the table or from its checks. */
export default () =>
  ['table', 'checks'].map((on) =>
    defineCommand({
      id: `checks.new-rule-${on}`,
      title: 'New rule…',
      group: 'Checks',
      icon: Plus,
      on,
      enabled: ({ target }) => target?.kind === on,
      run: ({ target }) => {
        if (!target) return;
        openChecks(target.key);
        newRule(target.key);
      },
    }),
  );
