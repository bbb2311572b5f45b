import type { CollectionMap } from '../../../../shared/contract/search-map.ts';
import { problem } from '../../../../shared/problem.ts';
import { sql } from '../../../../shared/sql.ts';
import type { CallContext } from '../../../../shared/wire.ts';
import type { Database } from '../../database/database.ts';
import { documentsOf } from '../collections/collection-table.ts';
import type { CollectionRecord } from '../collections/collections.ts';
import type { Projected } from './map-contract.ts';
import { mapOf } from './map-of.ts';
import { inMapThread } from './map-thread.ts';
import { readVectors } from './read-vectors.ts';
import { savePoints, saveTopics } from './save-map.ts';

/** Fewer documents lie anywhere. */
const leastDocuments = 10;

/** Lays out all documents of a collection anew, and finds and names its topics. */
export async function makeMap(
  database: Database,
  { name, dimensions }: CollectionRecord,
  { signal, progress }: CallContext,
): Promise<CollectionMap> {
  progress({ title: `Reading ${name}`, done: 0, unit: 'steps' });
  const { ids, vectors } = await readVectors(database, documentsOf(name), dimensions, signal);
  if (ids.length < leastDocuments) {
    throw problem(
      'bad_input',
      `A map needs at least ${leastDocuments} documents; "${name}" has ${ids.length}.`,
      {
        hint: 'Embed more rows.',
      },
    );
  }
  const projected: Projected = await inMapThread(signal, (map) =>
    map.project({ vectors, dimensions }, { onProgress: progress }),
  );
  const saving = { title: `Saving the map of ${name}`, priority: 'background', signal } as const;
  return database.transaction(saving, async (session) => {
    await session.run(sql`delete from assay.maps where collection = ${name}`);
    await session.run(sql`insert into assay.maps (collection) values (${name})`);
    await savePoints(session, name, ids, projected.positions, projected.topicOf);
    await saveTopics(session, name, projected.topics);
    return (await mapOf(session, name)) as CollectionMap;
  });
}

/** Places what came after a map was made among what lies there; nothing that lies there moves. */
export async function placeOnMap(
  database: Database,
  { name, dimensions }: CollectionRecord,
  { signal, progress }: CallContext,
): Promise<CollectionMap> {
  progress({ title: `Placing new documents of ${name}`, done: 0, unit: 'steps' });
  const points = sql`assay.map_points where collection = ${name}`;
  const documents = documentsOf(name);
  const there = sql`(select id, embedding from ${documents} where id in (select document from ${points}))`;
  const added = sql`(select id, embedding from ${documents} where id not in (select document from ${points}))`;
  const fresh = await readVectors(database, added, dimensions, signal);
  const known = await readVectors(database, there, dimensions, signal);
  const placed = await database.query<{ x: number; y: number; topic: number | null }>(
    sql`select x, y, topic from ${points} and document in (select id from ${documents}) order by document`,
  );
  const positions = Float32Array.from(placed.flatMap(({ x, y }) => [x, y]));
  const topics = Int32Array.from(placed, ({ topic }) => topic ?? -1);
  const { vectors } = known;
  const found = await inMapThread(signal, (map) =>
    map.place({ vectors, positions, topics, added: fresh.vectors, dimensions }),
  );
  return database.transaction(
    { title: `Saving the map of ${name}`, priority: 'background', signal },
    async (session) => {
      await session.run(sql`delete from ${points} and document not in (select id from ${documents})`);
      await savePoints(session, name, fresh.ids, found.positions, found.topicOf);
      return (await mapOf(session, name)) as CollectionMap;
    },
  );
}
