import type { Room } from '../../../../shared/contract/index.ts';
import type { Database } from '../../database/database.ts';
import { chosenCollection } from '../collections/collections.ts';
import { documentsIn, documentsOfPoints, placeOn } from './documents-in.ts';
import { inGrid } from './in-grid.ts';
import { keysIn } from './keys-in.ts';
import { makeMap, placeOnMap } from './make-map.ts';
import { coloursByKey, coloursByTopic } from './map-colours.ts';
import { mapOf } from './map-of.ts';
import { mapPoints } from './map-points.ts';

/** The calls that make maps and show them. */
export const mapCalls = (
  database: Database,
  changed: () => void,
): Pick<Room<'search'>, 'map' | 'makeMap' | 'mapPoints' | 'mapDocuments' | 'documentsIn' | 'keysIn'> => ({
  async map({ collection }) {
    const { name } = await chosenCollection(database, collection);
    return database.use({ reads: true }, (session) => mapOf(session, name));
  },
  async makeMap({ collection, anew }, call) {
    const record = await chosenCollection(database, collection);
    const there = anew ? null : await mapOf(database, record.name);
    const made = await (there && there.placed > 0 ? placeOnMap : makeMap)(database, record, call);
    changed();
    return made;
  },
  async mapPoints({ collection, colour, rows, ...question }, { signal }) {
    const record = await chosenCollection(database, collection);
    const place = await inGrid(database, record, placeOn(record, question), rows);
    return database.reading({ title: `Reading the map of ${record.name}`, signal }, async (session) => {
      const colours = await (colour === null
        ? coloursByTopic(session, record.name)
        : coloursByKey(session, record, colour));
      return mapPoints(session, place, colours);
    });
  },
  async mapDocuments({ collection, ids }) {
    const { name } = await chosenCollection(database, collection);
    return documentsOfPoints(database, name, ids);
  },
  async documentsIn({ collection, limit, ...place }) {
    const record = await chosenCollection(database, collection);
    return database.reading({}, (session) => documentsIn(session, placeOn(record, place), limit));
  },
  async keysIn({ collection, ...place }) {
    const record = await chosenCollection(database, collection);
    return database.reading({}, (session) => keysIn(session, record, placeOn(record, place)));
  },
});
