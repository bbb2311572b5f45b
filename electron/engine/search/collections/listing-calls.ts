import type { Room } from '../../../../shared/contract/index.ts';
import type { Collection } from '../../../../shared/contract/search.ts';
import { toProblem } from '../../../../shared/problem.ts';
import type { Database, Session } from '../../database/database.ts';
import { indexOf } from '../index/set-index.ts';
import type { Models } from '../model/models.ts';
import { allCollections, type CollectionRecord, chosenCollection } from './collections.ts';
import { documentCount, staleCounts } from './stale-counts.ts';

/** The calls that tell what collections there are, and how they differ from their tables. */
export const listingCalls = (
  database: Database,
  models: Models,
): Pick<Room<'search'>, 'list' | 'staleness'> => ({
  list: () => listed({ database, models }),
  async staleness({ collection }) {
    const record = await chosenCollection(database, collection);
    const { stale, gone, outdated, uncounted } = await described({ database, models }, record);
    return { table: record.table, stale, gone, outdated, uncounted };
  },
});

interface Counting {
  readonly database: Database;
  readonly models: Models;
}

async function listed(counting: Counting): Promise<Collection[]> {
  const records = await allCollections(counting.database);
  return Promise.all(records.map((record) => described(counting, record)));
}

/** Comparing all texts takes a while: it waits for what a person looks at. */
async function described({ database, models }: Counting, record: CollectionRecord): Promise<Collection> {
  const { model, problem: modelProblem } = await modelNow(models, record);
  return database.use(
    { title: `Comparing texts of ${record.name}`, priority: 'background' },
    async (session) => {
      const { indexKind, ...collection } = record;
      const counted = await countedOrWhyNot(session, record, model);
      const index = await indexOf(session, record).catch(() => noIndex(indexKind));
      return { ...collection, ...counted, modelProblem, index };
    },
  );
}

const noIndex = (chosen: CollectionRecord['indexKind']) => ({ kind: 'exact', bytes: 0, chosen }) as const;

/** What is wrong with one collection is told beside it: the others are listed. */
async function countedOrWhyNot(
  session: Session,
  record: CollectionRecord,
  model: Parameters<typeof staleCounts>[2],
) {
  try {
    return { ...(await staleCounts(session, record, model)), uncounted: null };
  } catch (thrown) {
    const documents = await documentCount(session, record.name).catch(() => 0);
    return { documents, stale: 0, gone: 0, outdated: 0, uncounted: toProblem(thrown) };
  }
}

/** A collection's model as it is now; where it cannot be had, as it was. */
export async function modelNow(models: Models, { model, modelVersion, vectorColumn }: CollectionRecord) {
  const before = { model: { id: model, version: modelVersion ?? '' }, problem: null };
  if (vectorColumn !== null) return before;
  try {
    return { model: await (await models.named(model)).describe(), problem: null };
  } catch (thrown) {
    return { ...before, problem: toProblem(thrown) };
  }
}
