import { SpellCheck } from 'lucide-react';
import { defineCommand } from '../../../palette/command.ts';
import { openRepairs } from '../rules/open-checks.ts';

/** Opens the fixes that are proposed for what looks wrong in a table. */
export default () =>
  ['table', 'checks'].map((on) =>
    defineCommand({
      id: `checks.repair-${on}`,
      title: 'Propose fixes',
      group: 'Checks',
      icon: SpellCheck,
      on,
      enabled: ({ target }) => target?.kind === on,
      run: ({ target }) => target && openRepairs(target.key),
    }),
  );
