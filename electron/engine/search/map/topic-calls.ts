import type { Room } from '../../../../shared/contract/index.ts';
import { problem } from '../../../../shared/problem.ts';
import { sql } from '../../../../shared/sql.ts';
import type { Database } from '../../database/database.ts';
import { chosenCollection } from '../collections/collections.ts';
import { placeOn } from './documents-in.ts';
import { labelDocuments, writeTopics } from './write-labels.ts';

/** The calls that write down what was found on a map. */
export const topicCalls = (
  database: Database,
  changed: (room: 'search' | 'tables') => void,
): Pick<Room<'search'>, 'nameTopic' | 'writeTopics' | 'labelDocuments'> => ({
  async nameTopic({ collection, topic, label }) {
    const { name } = await chosenCollection(database, collection);
    const named = await database.run(
      sql`update assay.map_topics set label = ${label} where collection = ${name} and topic = ${topic}`,
    );
    if (named === 0) throw problem('not_found', `The map of "${name}" has no topic ${topic} any more.`);
    changed('search');
    return null;
  },
  async writeTopics({ collection, column, replace }) {
    const written = await writeTopics(
      database,
      await chosenCollection(database, collection),
      column,
      replace,
    );
    changed('tables');
    return written;
  },
  async labelDocuments({ collection, column, label, ...place }) {
    const record = await chosenCollection(database, collection);
    const written = await labelDocuments(database, record, placeOn(record, place), column, label);
    changed('tables');
    return written;
  },
});
