import { FilePlus2 } from 'lucide-react';
import { defineCommand } from '../../../palette/command.ts';
import { openNewQuery } from '../new-query.ts';
import { quotedName } from '../quoted-name.ts';

/** Opens an empty query, or one on a table. */
export default () => [
  defineCommand({
    id: 'query.new',
    title: 'New query',
    group: 'New',
    icon: FilePlus2,
    shortcut: 'Mod+N',
    run: () => openNewQuery(),
  }),
  defineCommand({
    id: 'query.onTable',
    title: 'Query this table',
    group: 'Query',
    hidden: true,
    run: ({ target }) =>
      openNewQuery(target ? `select *\nfrom ${quotedName(target.key)}\nlimit 1000;\n` : ''),
  }),
];
