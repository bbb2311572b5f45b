import { problem } from '../../../../shared/problem.ts';
import { join, sql } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';
import { documentsOf } from '../collections/collection-table.ts';
import type { CollectionRecord } from '../collections/collections.ts';
import type { Embedder } from '../model/embedder.ts';
import type { Models } from '../model/models.ts';

/** Documents that a search is to be like, and those it is not to be like, by their ids. */
export interface Examples {
  readonly plus: readonly string[];
  readonly minus: readonly string[];
}

/** Weight of examples that results are not to be like. Source: Rocchio 1971, with the usual weights of SMART. */
const minusWeight = 0.5;

/** The vector that documents are compared with: of the text, of the examples, or of both. */
export async function askedVector(
  session: Session,
  models: Models,
  collection: CollectionRecord,
  text: string,
  examples: Examples,
): Promise<Float32Array> {
  const parts: { vector: Float32Array; weight: number }[] = [];
  const positives = examples.plus.length + (text === '' ? 0 : 1);
  if (text !== '') {
    const embedder = await ownEmbedder(models, collection);
    await refuseOtherModel(session, embedder, collection);
    const [vector] = await embedder.embed([text], { as: 'query' });
    if (vector) parts.push({ vector, weight: 1 / positives });
  }
  const of = (ids: readonly string[]) => exampleVectors(session, collection.name, ids);
  for (const vector of await of(examples.plus)) parts.push({ vector, weight: 1 / positives });
  const minus = await of(examples.minus);
  for (const vector of minus) parts.push({ vector, weight: -minusWeight / minus.length });
  return weighted(parts);
}

/** The model that made a collection's vectors: a question has to be read by the same. */
function ownEmbedder(models: Models, { name, model, vectorColumn }: CollectionRecord): Promise<Embedder> {
  if (vectorColumn === null) return models.named(model);
  throw problem('bad_input', `"${name}" has vectors of ${model}, which a text cannot be compared with.`, {
    hint: 'Search by an example row; or by words, mode "text".',
  });
}

/** Vectors of another version of a model lie in another space. */
export async function refuseOtherModel(
  session: Session,
  embedder: Embedder,
  { name }: Pick<CollectionRecord, 'name'>,
): Promise<void> {
  const model = await embedder.describe();
  const others = (comparison: 'below' | 'above') =>
    sql`(select model || ' ' || model_version as model from ${documentsOf(name)} where (model, model_version) ${
      comparison === 'below' ? sql`<` : sql`>`
    } (${model.id}, ${model.version}) limit 1)`;
  const other = await session.maybeOne<{ model: string }>(
    sql`select model from (${others('below')} union all ${others('above')}) as others limit 1`,
  );
  if (!other) return;
  throw problem(
    'bad_input',
    `"${name}" has vectors of ${other.model}, which cannot be compared with ${model.id} ${model.version}.`,
    { hint: 'Embed the collection again; or search by words, mode "text", or by an example row.' },
  );
}

async function exampleVectors(
  session: Session,
  collection: string,
  ids: readonly string[],
): Promise<Float32Array[]> {
  if (ids.length === 0) return [];
  const found = await session.query<{ id: string; vector: string }>(sql`
    select document_id as id, embedding::text as vector from ${documentsOf(collection)} where document_id in (${join(ids)})`);
  const missing = ids.find((id) => !found.some((one) => one.id === id));
  if (missing === undefined) return found.map(({ vector }) => readVector(vector));
  throw problem('not_found', `There is no document "${missing}" in ${collection}.`, {
    hint: 'A document is named by its id: the number of its row, as results show it.',
  });
}

/** A vector from pgvector's own text. */
export const readVector = (text: string): Float32Array => Float32Array.from(JSON.parse(text) as number[]);

function weighted(parts: readonly { vector: Float32Array; weight: number }[]): Float32Array {
  const size = parts[0]?.vector.length ?? 0;
  const sum = new Float32Array(size);
  for (const { vector, weight } of parts) {
    const length = Math.hypot(...vector) || 1;
    for (let at = 0; at < size; at++)
      sum[at] = (sum[at] as number) + (weight * (vector[at] as number)) / length;
  }
  if (sum.some((value) => value !== 0)) return sum;
  throw problem('bad_input', 'The examples cancel each other out: there is no direction to search in.', {
    hint: 'Choose other examples.',
  });
}
