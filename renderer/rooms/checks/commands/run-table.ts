import { ListChecks } from 'lucide-react';
import { defineCommand } from '../../../palette/command.ts';
import { openChecks } from '../rules/open-checks.ts';
import { runAndTell } from '../verdicts/run-checks.ts';

const kinds = [
  { on: 'table', title: "Run this table's checks" },
  { on: 'checks', title: 'Run these checks' },
];

/** Runs the rules of one table, from the table or from its checks. */
export default () =>
  kinds.map(({ on, title }) =>
    defineCommand({
      id: `checks.run-${on}`,
      title,
      group: 'Checks',
      icon: ListChecks,
      on,
      enabled: ({ target }) => target?.kind === on,
      run: async ({ target }) => {
        if (!target) return;
        const { findings } = await runAndTell({ table: target.key });
        if (findings.length > 0) openChecks(target.key);
      },
    }),
  );
