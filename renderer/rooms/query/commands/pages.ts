import { History, ScanEye } from 'lucide-react';
import { defineCommand } from '../../../palette/command.ts';
import { showPanel } from '../../../workspace/layout.ts';

/** Opens what stands below a query: what was run, and what the cursor is in. */
export default () => [
  defineCommand({
    id: 'query.history',
    title: 'Show what was run',
    group: 'Query',
    icon: History,
    shortcut: 'Mod+Alt+H',
    enabled: ({ tab }) => tab?.kind === 'query',
    run: () => showPanel('query', 'history'),
  }),
  defineCommand({
    id: 'query.preview',
    title: 'Preview the part under the cursor',
    group: 'Query',
    icon: ScanEye,
    shortcut: 'Mod+Alt+P',
    enabled: ({ tab }) => tab?.kind === 'query',
    run: () => showPanel('query', 'preview'),
  }),
];
