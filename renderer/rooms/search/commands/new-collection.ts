import { Orbit } from 'lucide-react';
import { defineCommand } from '../../../palette/command.ts';
import { askForCollection } from '../new-collection-state.ts';

/** Asks for a new collection, from anywhere or from a table. */
export default () => [
  defineCommand({
    id: 'search.new',
    title: 'New collection…',
    group: 'New',
    icon: Orbit,
    run: () => askForCollection(),
  }),
  defineCommand({
    id: 'search.embed-table',
    title: 'Embed text…',
    group: 'Search',
    icon: Orbit,
    on: 'table',
    run: ({ target }) => askForCollection(target?.key),
  }),
];
