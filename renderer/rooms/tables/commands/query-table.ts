import { FileCode2 } from 'lucide-react';
import { runCommandById } from '../../../palette/all-commands.ts';
import { defineCommand } from '../../../palette/command.ts';

/** Starts a query on a table. */
export default defineCommand({
  id: 'tables.query',
  title: 'Query table',
  group: 'Tables',
  icon: FileCode2,
  on: 'table',
  run: ({ target }) => runCommandById('query.onTable', target),
});
