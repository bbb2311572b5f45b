import type { Room } from '../../../shared/contract/index.ts';
import type { Collection } from '../../../shared/contract/search.ts';
import { problem } from '../../../shared/problem.ts';
import { sql } from '../../../shared/sql.ts';
import type { Context } from '../context.ts';
import type { Database } from '../database/database.ts';
import { documentsOf } from './collections/collection-table.ts';
import { allCollections, type CollectionRecord, chosenCollection } from './collections/collections.ts';
import { makeCollection } from './collections/make-collection.ts';
import { removeCollection } from './collections/remove-collection.ts';
import { staleRows } from './collections/stale-rows.ts';
import { exportCollection } from './export/export-collection.ts';
import { privateIn, refusePrivate } from './export/private-parts.ts';
import { findingCalls } from './find/finding-calls.ts';
import { indexCalls } from './index/index-calls.ts';
import { indexOf } from './index/set-index.ts';
import { judgementCalls } from './judge/judgement-calls.ts';
import { labelCalls } from './labels/label-calls.ts';
import { mapCalls } from './map/map-calls.ts';
import { topicCalls } from './map/topic-calls.ts';
import { bundledEmbedder, type Embedder } from './model/embedder.ts';
import { savedSearchCalls } from './saved-searches.ts';

/** Search by meaning and by words in the embedded text of tables. */
export function searchRoom(context: Context, embedder: Embedder = bundledEmbedder()): Room<'search'> {
  const { database, emit } = context;
  const changed = () => emit({ event: 'changed', room: 'search' });
  const embedding = new Set<string>();
  return {
    list: async () => {
      const records = await allCollections(database);
      return Promise.all(records.map((record) => described(database, embedder, record)));
    },
    async embed(request, call) {
      if (embedding.has(request.table)) {
        throw problem('locked', `"${request.table}" is being embedded already.`, {
          hint: 'Wait until it is done, or cancel it.',
        });
      }
      embedding.add(request.table);
      try {
        return await makeCollection(database, embedder, request, call);
      } finally {
        embedding.delete(request.table);
        changed();
      }
    },
    ...findingCalls(database, embedder),
    ...savedSearchCalls(context, changed),
    ...indexCalls(database, changed),
    ...judgementCalls(database, embedder, changed),
    ...mapCalls(database, changed),
    ...labelCalls(database, () => emit({ event: 'changed', room: 'tables' })),
    ...topicCalls(database, (room) => emit({ event: 'changed', room })),
    async exportCollection({ collection, withPrivate, ...exporting }, call) {
      const record = await chosenCollection(database, collection);
      const shy = await privateIn(context, record);
      if (!withPrivate) refusePrivate(record, shy);
      return { ...(await exportCollection(database, record, exporting, call)), private: shy };
    },
    async remove({ collection }) {
      await removeCollection(database, collection);
      changed();
      return null;
    },
  };
}

/** Comparing all texts takes a while: it waits for what a person looks at. */
async function described(
  database: Database,
  embedder: Embedder,
  record: CollectionRecord,
): Promise<Collection> {
  const model = await embedder.describe();
  return database.use(
    { title: `Comparing texts of ${record.name}`, priority: 'background' },
    async (session) => {
      const { n } = await session.one<{ n: number }>(
        sql`select count(*)::int as n from ${documentsOf(record.name)}`,
      );
      const { indexKind, ...collection } = record;
      const stale = await staleRows(session, record, model);
      return { ...collection, documents: n, stale, index: await indexOf(session, record) };
    },
  );
}
