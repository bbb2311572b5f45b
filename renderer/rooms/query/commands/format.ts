import { AlignLeft } from 'lucide-react';
import { defineCommand } from '../../../palette/command.ts';
import { queryOf } from '../runners.ts';

/** Lays a query's text out anew. */
export default defineCommand({
  id: 'query.format',
  title: 'Format SQL',
  group: 'Query',
  icon: AlignLeft,
  shortcut: 'Alt+Shift+F',
  enabled: ({ tab }) => tab?.kind === 'query',
  run: ({ tab }) => queryOf(tab?.id)?.format(),
});
