import type { Room } from '../../../../shared/contract/index.ts';
import { problem } from '../../../../shared/problem.ts';
import { sql } from '../../../../shared/sql.ts';
import type { Context } from '../../context.ts';
import { chosenCollection } from '../collections/collections.ts';
import { placeOn } from './documents-in.ts';
import { placeCondition } from './place-condition.ts';
import { labelDocuments, writeTopics } from './write-labels.ts';

/** The calls that write down what was found on a map. */
export const topicCalls = (
  context: Pick<Context, 'workspace' | 'database'>,
  changed: (room: 'search' | 'tables') => void,
): Pick<Room<'search'>, 'nameTopic' | 'writeTopics' | 'labelDocuments' | 'placeCondition'> => ({
  async placeCondition({ collection, holds, label, ...place }) {
    const record = await chosenCollection(context.database, collection);
    const made = await placeCondition(context, record, placeOn(record, place), { holds, label });
    if (label) changed('tables');
    return made;
  },
  async nameTopic({ collection, topic, label }) {
    const { name } = await chosenCollection(context.database, collection);
    const named = await context.database.run(
      sql`update assay.map_topics set label = ${label} where collection = ${name} and topic = ${topic}`,
    );
    if (named === 0) throw problem('not_found', `The map of "${name}" has no topic ${topic} any more.`);
    changed('search');
    return null;
  },
  async writeTopics({ collection, column, replace }) {
    const written = await writeTopics(
      context.database,
      await chosenCollection(context.database, collection),
      column,
      replace,
    );
    changed('tables');
    return written;
  },
  async labelDocuments({ collection, column, label: value, replace, ...place }) {
    const record = await chosenCollection(context.database, collection);
    const written = await labelDocuments(context.database, record, placeOn(record, place), {
      column,
      value,
      replace,
    });
    changed('tables');
    return written;
  },
});
