import { FileSearch } from 'lucide-react';
import { defineCommand } from '../../../palette/command.ts';
import { checkRows } from '../rules/check-rows.ts';
import { askRows } from '../rules/rows-dialog-state.ts';

/** Writes a rule on the rows of a query, of a step of a pipeline, or of one that is asked for. */
export default () => [
  defineCommand({
    id: 'checks.rows',
    title: 'Check a query or a step…',
    group: 'Checks',
    icon: FileSearch,
    run: () => askRows(),
  }),
  defineCommand({
    id: 'checks.rows-query',
    title: 'New rule on its rows…',
    group: 'Checks',
    icon: FileSearch,
    on: 'query',
    enabled: ({ target }) => target?.kind === 'query',
    run: async ({ target }) => {
      if (target) await checkRows({ query: target.key }, target.key);
    },
  }),
  defineCommand({
    id: 'checks.rows-pipeline',
    title: 'New rule on a step…',
    group: 'Checks',
    icon: FileSearch,
    on: 'pipeline',
    enabled: ({ target }) => target?.kind === 'pipeline',
    run: ({ target }) => askRows(target?.key),
  }),
];
