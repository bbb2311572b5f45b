import type { NearestSentence, SearchHit } from '../../../shared/contract/search.ts';
import { useEngine } from '../../use-engine.ts';
import type { Question } from './question.ts';

/** So many results are looked into: each of their sentences goes through the model. */
const looked = 8;

/** The sentence nearest to the question in each of the first results; they come after the results. */
export function useNearestSentences(
  collection: string,
  { text, mode }: Question,
  hits: readonly SearchHit[],
): ReadonlyMap<string, NearestSentence> {
  const documents = hits.slice(0, looked).map(({ documentId }) => documentId);
  const enabled = mode !== 'text' && text.trim() !== '' && documents.length > 0;
  const { data } = useEngine(
    'search',
    'nearestSentences',
    { collection, text: text.trim() || ' ', documents },
    { enabled, keepFor: 30_000 },
  );
  return new Map((enabled ? (data ?? []) : []).map((one) => [one.documentId, one]));
}
