/** What people or a test set say of documents: higher is more relevant, 0 is not. */
export type Relevance = ReadonlyMap<string, number>;

const discounted = (gains: readonly number[]): number =>
  gains.reduce((sum, gain, at) => sum + gain / Math.log2(at + 2), 0);

/**
 * How good an order is, from 0 to 1: normalised discounted cumulative gain of the first `most`.
 * As trec_eval's ndcg_cut: the gain is the relevance itself.
 */
export function ndcg(found: readonly string[], relevance: Relevance, most: number): number {
  const gains = found.slice(0, most).map((id) => relevance.get(id) ?? 0);
  const ideal = [...relevance.values()].toSorted((a, b) => b - a).slice(0, most);
  const best = discounted(ideal);
  return best > 0 ? discounted(gains) / best : 0;
}

/** The share of the relevant documents that is among the first `most`. */
export function recallAt(found: readonly string[], relevance: Relevance, most: number): number {
  const relevant = [...relevance].filter(([, grade]) => grade > 0);
  const seen = new Set(found.slice(0, most));
  return relevant.length > 0 ? relevant.filter(([id]) => seen.has(id)).length / relevant.length : 0;
}
