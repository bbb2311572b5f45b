import { Tags } from 'lucide-react';
import { defineCommand } from '../../../palette/command.ts';
import { askToLabelRest } from '../label-rest-state.ts';

/** Carries the labels of some rows to all rows of a collection. */
export default defineCommand({
  id: 'search.label-rest',
  title: 'Label the rest by examples…',
  group: 'Search',
  icon: Tags,
  on: 'collection',
  run: ({ target }) => {
    if (target) askToLabelRest(target.key);
  },
});
