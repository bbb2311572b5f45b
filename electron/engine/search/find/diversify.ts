import type { Ranked } from './ranking.ts';

/** The cosine of the angle between two vectors. */
export function cosine(a: Float32Array, b: Float32Array): number {
  let [dot, aa, bb] = [0, 0, 0];
  for (let at = 0; at < a.length; at++) {
    const [x, y] = [a[at] as number, b[at] as number];
    dot += x * y;
    aa += x * x;
    bb += y * y;
  }
  return aa * bb > 0 ? dot / Math.sqrt(aa * bb) : 0;
}

/**
 * Chooses documents that fit and are unlike those chosen before: maximal marginal relevance, scores brought to 0…1 first.
 * Source: Carbonell and Goldstein 1998, "The Use of MMR, Diversity-Based Reranking".
 * @param diversity 0 keeps the order, 1 looks at unlikeness alone
 */
export function diversify<Document extends Ranked>(
  ranked: readonly Document[],
  vectorOf: (document: Document) => Float32Array,
  diversity: number,
  most: number,
): Document[] {
  const scores = ranked.map(({ score }) => score);
  const [least, span] = [Math.min(...scores), Math.max(...scores) - Math.min(...scores) || 1];
  const left = ranked.map((document) => ({
    document,
    vector: vectorOf(document),
    fit: (document.score - least) / span,
    likeness: 0,
  }));
  const chosen: Document[] = [];
  while (left.length > 0 && chosen.length < most) {
    const worth = left.map(({ fit, likeness }) => (1 - diversity) * fit - diversity * likeness);
    const best = worth.indexOf(Math.max(...worth));
    const [next] = left.splice(best, 1);
    if (!next) break;
    chosen.push(next.document);
    for (const other of left) other.likeness = Math.max(other.likeness, cosine(other.vector, next.vector));
  }
  return chosen;
}
