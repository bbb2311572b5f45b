import type { Room } from '../../../../shared/contract/index.ts';
import type { Database } from '../../database/database.ts';
import { chosenCollection } from '../collections/collections.ts';
import { narrowedBy } from '../find/find.ts';
import { advise } from './advise.ts';
import { recallOf } from './recall.ts';
import { setIndex } from './set-index.ts';

/** The calls that choose, make and measure indexes. */
export const indexCalls = (
  database: Database,
  changed: () => void,
): Pick<Room<'search'>, 'setIndex' | 'recall' | 'advise'> => ({
  async setIndex({ collection, kind }, { signal }) {
    const record = await chosenCollection(database, collection);
    const set = await setIndex(database, record, kind, signal);
    changed();
    return set;
  },
  async recall(request, { signal }) {
    const record = await chosenCollection(database, request.collection);
    const title = `Measuring ${record.name}`;
    return database.reading({ title, signal }, (session) =>
      recallOf(session, narrowedBy(record, request), request),
    );
  },
  async advise(request, call) {
    return advise(database, await chosenCollection(database, request.collection), request, call);
  },
});
