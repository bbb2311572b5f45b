import { Tags } from 'lucide-react';
import { defineCommand } from '../../../palette/command.ts';
import { openCollectionDialog } from '../collection-dialog.ts';

/** Carries the labels of some rows to all rows of a collection. */
export default defineCommand({
  id: 'search.label-rest',
  title: 'Label the rest by examples…',
  group: 'Search',
  icon: Tags,
  on: 'collection',
  run: ({ target }) => {
    if (target) openCollectionDialog('labels', target.key);
  },
});
