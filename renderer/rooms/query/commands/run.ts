import { Play, StepForward } from 'lucide-react';
import { defineCommand } from '../../../palette/command.ts';
import { queryOf } from '../runners.ts';

/** Runs the statement under the cursor, or all of them. */
export default () => [
  defineCommand({
    id: 'query.run',
    title: 'Run',
    group: 'Query',
    icon: Play,
    shortcut: 'Mod+Enter',
    enabled: ({ tab }) => tab?.kind === 'query',
    run: ({ tab }) => queryOf(tab?.id)?.run('statement'),
  }),
  defineCommand({
    id: 'query.runAll',
    title: 'Run all',
    group: 'Query',
    icon: StepForward,
    shortcut: 'Mod+Shift+Enter',
    enabled: ({ tab }) => tab?.kind === 'query',
    run: ({ tab }) => queryOf(tab?.id)?.run('all'),
  }),
];
