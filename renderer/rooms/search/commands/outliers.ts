import { CircleDashed } from 'lucide-react';
import { defineCommand } from '../../../palette/command.ts';
import { openCollectionDialog } from '../collection-dialog.ts';

/** Shows what is unlike everything else in a collection. */
export default defineCommand({
  id: 'search.outliers',
  title: 'What is unlike all others…',
  group: 'Search',
  icon: CircleDashed,
  on: 'collection',
  run: ({ target }) => {
    if (target) openCollectionDialog('outliers', target.key);
  },
});
