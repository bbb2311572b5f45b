import { problem } from '../../../../shared/problem.ts';
import { substitute } from '../../../../shared/query-parameters.ts';
import type { Database } from '../../database/database.ts';
import { loadParser, relationsIn } from '../../pipelines/read-relations.ts';
import type { EmbedText } from '../../query/embed-parameters.ts';
import { allCollections, type CollectionRecord } from '../collections/collections.ts';
import { refuseOtherModel } from '../find/asked-vector.ts';
import { vectorText } from '../index/vector-copy.ts';
import type { Models } from './models.ts';

/** Texts of queries that people write as vectors: of the model of the collection that a query reads, else of the app's own. */
export const embedsForQueries =
  (database: Database, models: Models): EmbedText =>
  async (text, query) => {
    const read = await collectionsRead(database, query);
    const embedder = await models.named(modelOf(read));
    for (const collection of read) await refuseOtherModel(database, embedder, collection);
    const [vector] = await embedder.embed([text], { as: 'query' });
    if (!vector) throw problem('bug', 'The embedding model gave no vector.');
    return vectorText(vector);
  };

/** The collections a query reads whose vectors a model made. */
async function collectionsRead(database: Database, query: string): Promise<readonly CollectionRecord[]> {
  await loadParser();
  const { foreign } = relationsIn(substitute(query, (_name, number) => `$${number}`).text);
  return (await allCollections(database)).filter(
    ({ name, vectorColumn }) => vectorColumn === null && foreign.has(name),
  );
}

function modelOf(read: readonly CollectionRecord[]): string | undefined {
  const [one, other] = new Set(read.map(({ model }) => model));
  if (other === undefined) return one;
  throw problem(
    'bad_input',
    `The query reads vectors of ${one} and of ${other}: a text is a vector of one of them.`,
    {
      hint: 'Ask one collection at a time, or give the vector itself.',
    },
  );
}
