import type { NearestSentence } from '../../../../shared/contract/search.ts';
import { join, sql } from '../../../../shared/sql.ts';
import type { Session } from '../../database/database.ts';
import { documentsOf } from '../collections/collection-table.ts';
import { sentencesOf } from '../collections/sentences.ts';
import type { Embedder, EmbedOptions } from '../model/embedder.ts';
import { cosine } from './diversify.ts';

/** Of a long text the first ones are compared. */
const mostSentences = 24;

/** The sentence of each document that is nearest to the text; none for documents of one sentence. */
export async function nearestSentences(
  session: Session,
  embedder: Embedder,
  collection: string,
  { text, documents }: { readonly text: string; readonly documents: readonly string[] },
  options: EmbedOptions,
): Promise<NearestSentence[]> {
  const found = await session.query<{ id: string; content: string }>(sql`
    select document_id as id, content from ${documentsOf(collection)} where document_id in (${join(documents)})`);
  const sentences = found.flatMap(({ id, content }) => {
    const all = sentencesOf(content).slice(0, mostSentences);
    return all.length < 2 ? [] : all.map((sentence) => ({ documentId: id, ...sentence }));
  });
  if (sentences.length === 0) return [];
  const [asked] = await embedder.embed([text], { ...options, as: 'query' });
  const vectors = await embedder.embed(
    sentences.map((one) => one.text),
    options,
  );
  const best = new Map<string, NearestSentence>();
  sentences.forEach(({ documentId, from, to }, at) => {
    const vector = vectors[at];
    const score = asked && vector ? cosine(asked, vector) : -1;
    if (score > (best.get(documentId)?.score ?? -1)) best.set(documentId, { documentId, from, to, score });
  });
  return [...best.values()];
}
