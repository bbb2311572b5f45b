import { problem } from '../../../../shared/problem.ts';
import { substitute } from '../../../../shared/query-parameters.ts';
import type { Database } from '../../database/database.ts';
import { loadParser, relationsIn } from '../../pipelines/read-relations.ts';
import type { EmbedText } from '../../query/embed-parameters.ts';
import { allCollections } from '../collections/collections.ts';
import { vectorText } from '../index/vector-copy.ts';
import type { Models } from './models.ts';

/** Texts of queries that people write as vectors: of the model of the collection that a query reads, else of the app's own. */
export const embedsForQueries =
  (database: Database, models: Models): EmbedText =>
  async (text, query) => {
    const embedder = await models.named(await modelRead(database, query));
    const [vector] = await embedder.embed([text], { as: 'query' });
    if (!vector) throw problem('bug', 'The embedding model gave no vector.');
    return vectorText(vector);
  };

async function modelRead(database: Database, query: string): Promise<string | undefined> {
  await loadParser();
  const { foreign } = relationsIn(substitute(query, (_name, number) => `$${number}`).text);
  const read = (await allCollections(database)).filter(
    ({ name, vectorColumn }) => vectorColumn === null && foreign.has(name),
  );
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
