import { Gauge, Route } from 'lucide-react';
import { defineCommand } from '../../../palette/command.ts';
import { queryOf } from '../runners.ts';

/** Shows how PostgreSQL does the statement under the cursor. */
export default () => [
  defineCommand({
    id: 'query.analyze',
    title: 'Show the plan, with real times',
    group: 'Query',
    icon: Gauge,
    shortcut: 'Mod+E',
    enabled: ({ tab }) => tab?.kind === 'query',
    run: ({ tab }) => queryOf(tab?.id)?.explain(true),
  }),
  defineCommand({
    id: 'query.explain',
    title: 'Show the plan without running',
    group: 'Query',
    icon: Route,
    shortcut: 'Mod+Shift+E',
    enabled: ({ tab }) => tab?.kind === 'query',
    run: ({ tab }) => queryOf(tab?.id)?.explain(false),
  }),
];
