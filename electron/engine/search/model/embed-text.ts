import { problem } from '../../../../shared/problem.ts';
import { vectorText } from '../index/vector-copy.ts';
import { bundledEmbedder } from './embedder.ts';

/** A text as the vector that the app's own model makes of it, for queries that people write. */
export async function embedText(text: string): Promise<string> {
  const [vector] = await bundledEmbedder().embed([text]);
  if (!vector) throw problem('bug', 'The embedding model gave no vector.');
  return vectorText(vector);
}
