import { problem } from '../../../../shared/problem.ts';
import { substitute } from '../../../../shared/query-parameters.ts';
import { join, sql } from '../../../../shared/sql.ts';
import type { Database } from '../../database/database.ts';
import { loadParser, relationsIn } from '../../pipelines/sql/read-relations.ts';
import type { EmbedTexts } from '../../query/embed-parameters.ts';
import { allCollections, type CollectionRecord } from '../collections/collections.ts';
import { refuseOtherModel } from '../find/asked-vector.ts';
import { vectorText } from '../index/vector-copy.ts';
import type { Models } from './models.ts';

/** Texts of queries that people write as vectors: of the model of the collection that a query reads, else of the app's own. */
export const embedsForQueries = (database: Database, models: Models): EmbedTexts => ({
  async embed(text, query) {
    const read = await collectionsRead(database, query);
    const embedder = await models.named(modelOf(read));
    for (const collection of read) await refuseOtherModel(database, embedder, collection);
    const [vector] = await embedder.embed([text], { as: 'query' });
    if (!vector) throw problem('bug', 'The embedding model gave no vector.');
    return vectorText(vector);
  },
  async remarks(query) {
    const embedder = await models.named(modelOf(await collectionsRead(database, query)));
    const { id, dimensions } = await embedder.describe();
    const columns = await vectorColumns(database, query, dimensions);
    if (columns.length === 0) return [];
    return [
      `The text was embedded by ${id}. Which model made ${columns.join(', ')} is not known: distances to other vectors than its own mean nothing.`,
    ];
  },
});

/** The columns that hold vectors of this length in the tables and views that a query reads, collections aside. */
async function vectorColumns(
  database: Database,
  query: string,
  dimensions: number,
): Promise<readonly string[]> {
  const { own } = await relationsOf(query);
  if (own.size === 0) return [];
  const found = await database.query<{ name: string }>(sql`
    select c.relname || '.' || a.attname as name
    from pg_attribute a join pg_class c on c.oid = a.attrelid
    where c.relnamespace = 'public'::regnamespace and c.relname in (${join([...own])}) and a.attnum > 0 and not a.attisdropped
      and a.atttypid = 'vector'::regtype and a.atttypmod in (-1, ${dimensions})
    order by 1`);
  return found.map(({ name }) => name);
}

async function relationsOf(query: string) {
  await loadParser();
  return relationsIn(substitute(query, (_name, number) => `$${number}`).text);
}

/** The collections a query reads whose vectors a model made. */
async function collectionsRead(database: Database, query: string): Promise<readonly CollectionRecord[]> {
  const { foreign } = await relationsOf(query);
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
