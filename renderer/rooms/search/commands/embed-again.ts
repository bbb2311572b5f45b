import { RefreshCw } from 'lucide-react';
import { engine } from '../../../engine.ts';
import { defineCommand } from '../../../palette/command.ts';
import { embedAgain } from '../embed-collection.ts';

/** Embeds what is new or changed in a collection's table. */
export default defineCommand({
  id: 'search.embed-again',
  title: 'Embed what changed',
  group: 'Search',
  icon: RefreshCw,
  on: 'collection',
  run: async ({ target }) => {
    const collection = (await engine.search.list({})).find(({ name }) => name === target?.key);
    if (collection) await embedAgain(collection);
  },
});
