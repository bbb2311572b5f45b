import { join, type Sql, sql } from '../../../../shared/sql.ts';

/** A document and how well it fits; higher is better. */
export interface Ranked {
  readonly id: number;
  readonly score: number;
}

/** The documents of a collection that a search may find. */
export interface Narrowed {
  readonly collection: string;
  readonly documents: Sql;
  /** Of the vectors. */
  readonly dimensions: number;
  readonly conditions: readonly Sql[];
  /** The examples of the question, which are not answers to it. */
  readonly examples: readonly string[];
}

/** How much each part of a hybrid search counts. */
export interface Weights {
  readonly meaning: number;
  readonly words: number;
}

/** A document with its place in each list, from 1; null where it is not in that list. */
export interface Fused extends Ranked {
  readonly places: { readonly meaning: number | null; readonly words: number | null };
  readonly wordScore: number | null;
}

/**
 * Damps the weight of the first places in reciprocal rank fusion.
 * Source: Cormack, Clarke and Büttcher 2009, "Reciprocal Rank Fusion outperforms Condorcet".
 */
export const fusionConstant = 60;

/** One list of two: each document's score is the sum of weight / (60 + place) over the lists it is in. */
export function fuse(meaning: readonly Ranked[], words: readonly Ranked[], weights: Weights): Fused[] {
  const fused = new Map<number, Fused>();
  const add = (list: readonly Ranked[], part: 'meaning' | 'words') => {
    for (const [at, { id, score }] of list.entries()) {
      const before = fused.get(id) ?? {
        id,
        score: 0,
        places: { meaning: null, words: null },
        wordScore: null,
      };
      fused.set(id, {
        id,
        score: before.score + weights[part] / (fusionConstant + at + 1),
        places: { ...before.places, [part]: at + 1 },
        wordScore: part === 'words' ? score : before.wordScore,
      });
    }
  };
  add(meaning, 'meaning');
  add(words, 'words');
  return [...fused.values()].filter(({ score }) => score > 0).sort(byScore);
}

/** The least that a score of each part can be: of a cosine, and of BM25. */
const leastScores = { meaning: -1, words: 0 };

/**
 * One list of two by their scores: the weighted mean, each part brought to 0…1 between the least it can be and the best that was found.
 * `similarities` are those of documents that only the words found.
 * Source: Bruch, Gai and Ingber 2023, "An Analysis of Fusion Functions for Hybrid Retrieval".
 */
export function fuseScores(
  meaning: readonly Ranked[],
  words: readonly Ranked[],
  weights: Weights,
  similarities: ReadonlyMap<number, number>,
): Fused[] {
  const near = new Map([...similarities, ...meaning.map(({ id, score }) => [id, score] as const)]);
  const worded = new Map(words.map(({ id, score }) => [id, score]));
  const share = (part: 'meaning' | 'words', score: number | undefined, best: number) => {
    const least = leastScores[part];
    return score === undefined || best <= least ? 0 : (score - least) / (best - least);
  };
  const [nearest, wordiest] = [meaning[0]?.score ?? -1, words[0]?.score ?? 0];
  const all = weights.meaning + weights.words || 1;
  return fuse(meaning, words, { meaning: 1, words: 1 })
    .map((document) => {
      const { id } = document;
      const near01 = share('meaning', near.get(id), nearest);
      const worded01 = share('words', worded.get(id), wordiest);
      return { ...document, score: (weights.meaning * near01 + weights.words * worded01) / all };
    })
    .filter(({ score }) => score > 0)
    .sort(byScore);
}

/** Best first; equal ones in the order they came into the collection. */
export const byScore = (a: Ranked, b: Ranked): number => b.score - a.score || a.id - b.id;

/** Those of one list that are not in another. */
export function onlyIn(one: readonly Ranked[], other: readonly Ranked[]): readonly Ranked[] {
  const there = new Set(other.map(({ id }) => id));
  return one.filter(({ id }) => !there.has(id));
}

/** Everything that must hold of a document that is found. */
export const passing = ({ conditions, examples }: Narrowed): readonly Sql[] =>
  examples.length > 0 ? [...conditions, sql`document_id not in (${join(examples)})`] : conditions;

/** A condition on documents: one of these. As one parameter, for there may be many. */
export const among = (documents: readonly { readonly id: number }[]): Sql =>
  sql`id in (select json_array_elements_text(${JSON.stringify(documents.map(({ id }) => id))}::json)::bigint)`;
