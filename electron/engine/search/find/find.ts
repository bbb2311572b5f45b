import type { FilterValue, SearchResult } from '../../../../shared/contract/search.ts';
import type { Corner } from '../../../../shared/inside-polygon.ts';
import { ProblemError, problem, toProblem } from '../../../../shared/problem.ts';
import { expression, type Sql, sql } from '../../../../shared/sql.ts';
import type { Database, Session } from '../../database/database.ts';
import { documentsOf, wordsOf } from '../collections/collection-table.ts';
import { type CollectionRecord, chosenCollection } from '../collections/collections.ts';
import { metadataHas } from '../collections/exact-metadata.ts';
import { metadataWithin } from '../collections/metadata-ranges.ts';
import { vectorText } from '../index/vector-copy.ts';
import { inRegion, ofTopic } from '../map/in-region.ts';
import type { Models } from '../model/models.ts';
import { type Arranging, arrange } from './arrange.ts';
import { askedVector, type Examples } from './asked-vector.ts';
import { readHits } from './hits.ts';
import { missingKeys } from './missing-keys.ts';
import { fewPassing, rankByMeaning, similaritiesOf } from './rank-meaning.ts';
import { rankByWords } from './rank-words.ts';
import { type Fused, fuse, fuseScores, type Narrowed, onlyIn, type Weights } from './ranking.ts';
import { anyOf, demands, meantText, readWords, type Words } from './words.ts';

export interface FindRequest extends Arranging {
  readonly text: string;
  readonly collection?: string | undefined;
  readonly mode: SearchResult['mode'];
  readonly like: Examples;
  readonly filter: Readonly<Record<string, FilterValue>>;
  readonly where?: string | undefined;
  /** Corners of a polygon on the collection's map. */
  readonly region?: readonly Corner[] | undefined;
  /** A topic of that map. */
  readonly topic?: number | undefined;
  readonly weights: Weights;
  readonly fusion: 'ranks' | 'scores';
  /** The least score that counts. */
  readonly least?: number | undefined;
}

/** Places of each list that count in a fusion, at least. */
const leastDepth = 200;

/** A question that is ready to be asked. */
interface Asked {
  readonly request: FindRequest;
  readonly narrowed: Narrowed;
  readonly words: Words;
  readonly vector: Sql | undefined;
}

/** Finds documents near a text or like examples. Filters come first, and all that is left is compared. */
export async function find(
  database: Database,
  models: Models,
  request: FindRequest,
  signal: AbortSignal,
): Promise<SearchResult> {
  const began = performance.now();
  const collection = await chosenCollection(database, request.collection);
  refuseNothing(request);
  const vector = await vectorOf(database, models, collection, request);
  const words = readWords(request.text);
  const narrowed = narrowedBy(collection, request, request.mode === 'vector' ? undefined : words);
  const asked: Asked = { request, narrowed, words, vector };
  const found = await database
    .reading({ title: `Searching ${collection.name}`, signal }, (session) => findIn(session, asked))
    .catch((thrown: unknown) => {
      throw request.where === undefined ? thrown : blamingCondition(thrown);
    });
  return { collection: collection.name, mode: request.mode, ...found, ms: performance.now() - began };
}

async function findIn(session: Session, asked: Asked) {
  const { request, narrowed, words, vector } = asked;
  let by: Pick<SearchResult, 'wordsBy' | 'meaningBy'> = { wordsBy: null, meaningBy: null };
  const ranked = async (most: number): Promise<readonly Fused[]> => {
    const list = await rankedOf(session, asked, most);
    by = list.by;
    return list.fused
      .filter(({ score }) => score >= (request.least ?? Number.NEGATIVE_INFINITY))
      .slice(0, most);
  };
  const chosen = await arrange(session, narrowed.documents, ranked, request);
  const results = await readHits(session, narrowed.documents, chosen, words, vector);
  const stopped = by.wordsBy !== null && (await onlyStopWords(session, words));
  const passing: SearchResult['passing'] =
    narrowed.conditions.length === 0 ? 'all' : await fewPassing(session, narrowed);
  const missing = await missingKeys(session, narrowed.documents, request, results.length);
  return { results, passing, ...by, notes: [...notesOf(asked, by.wordsBy, stopped), ...missing] };
}

async function rankedOf(session: Session, asked: Asked, most: number) {
  const { request, narrowed, words, vector } = asked;
  const { mode, weights } = request;
  const depth = mode === 'hybrid' ? Math.max(leastDepth, most) : most;
  const near = vector && mode !== 'text' ? await rankByMeaning(session, narrowed, vector, depth) : undefined;
  const worded = mode === 'vector' ? undefined : await rankByWords(session, narrowed, words, depth);
  const by = { wordsBy: worded?.by ?? null, meaningBy: near?.by ?? null };
  if (mode === 'hybrid') {
    const [nearest, wordiest] = [near?.ranked ?? [], worded?.ranked ?? []];
    if (request.fusion === 'ranks') return { fused: fuse(nearest, wordiest, weights), by };
    const others = vector ? await similaritiesOf(session, narrowed, vector, onlyIn(wordiest, nearest)) : [];
    return { fused: fuseScores(nearest, wordiest, weights, new Map(others)), by };
  }
  const part = mode === 'text' ? 'words' : 'meaning';
  const fused = (worded ?? near)?.ranked.map(
    ({ id, score }, at): Fused => ({
      id,
      score,
      places: { meaning: null, words: null, [part]: at + 1 },
      wordScore: part === 'words' ? score : null,
    }),
  );
  return { fused: fused ?? [], by };
}

function refuseNothing({ text, like, mode }: FindRequest): void {
  if (mode === 'text' && text.trim() === '') {
    throw problem('bad_input', 'A search by words needs words.', {
      hint: 'Write some, or search by meaning, which takes examples.',
    });
  }
  if (text.trim() !== '' || like.plus.length > 0) return;
  throw problem('bad_input', 'There is nothing to search for.', { hint: 'Give a text or an example.' });
}

/** The vector to compare with, as SQL; none where the question has nothing to compare by meaning. */
export async function vectorOf(
  database: Database,
  models: Models,
  collection: CollectionRecord,
  { mode, text, like }: Pick<FindRequest, 'mode' | 'text' | 'like'>,
): Promise<Sql | undefined> {
  if (mode === 'text') return undefined;
  const meant = (mode === 'hybrid' ? meantText(text) : text).trim();
  if (meant === '' && like.plus.length === 0) return undefined;
  const vector = await askedVector(database, models, collection, meant, like);
  return sql`${vectorText(vector)}::vector`;
}

/** The documents that pass the filters; in a hybrid search phrases and exclusions hold for both parts. */
export function narrowedBy(
  { name, dimensions }: CollectionRecord,
  { filter, where, like, region, topic }: Pick<FindRequest, 'filter' | 'where' | 'like' | 'region' | 'topic'>,
  words?: Words,
): Narrowed {
  const conditions = [
    ...metadataHas(filter),
    ...metadataWithin(filter),
    ...(where?.trim() ? [expression(where)] : []),
    ...(region ? [inRegion(name, region)] : []),
    ...(topic === undefined ? [] : [ofTopic(name, topic)]),
    ...(words ? demands(words, wordsOf(sql`content`)) : []),
  ];
  return {
    collection: name,
    documents: documentsOf(name),
    dimensions,
    conditions,
    examples: [...like.plus, ...like.minus],
  };
}

/** Whether all words are so common that full text search leaves them out. */
async function onlyStopWords(session: Session, words: Words): Promise<boolean> {
  if (words.any.length + words.phrases.length === 0) return false;
  const { nodes } = await session.one<{ nodes: number }>(sql`select numnode(${anyOf(words)}) as nodes`);
  return nodes === 0;
}

function notesOf(
  { request, words, vector }: Asked,
  wordsBy: SearchResult['wordsBy'],
  stopped: boolean,
): string[] {
  const wanted = [...words.any, ...words.phrases, ...words.prefixes];
  return [
    ...(request.mode !== 'vector' && wanted.length === 0
      ? [
          `The question ${words.not.length > 0 ? 'says only what must not stand there' : 'has no words'}: there is nothing to look for by words.`,
        ]
      : []),
    ...(stopped ? ['The words are so common that nothing can be found by them.'] : []),
    ...(request.mode === 'hybrid' && !vector ? ['There is no text to compare by meaning.'] : []),
    ...(wordsBy === 'full text'
      ? ['Words are ranked by PostgreSQL’s text rank: the BM25 index is not there.']
      : []),
  ];
}

function blamingCondition(thrown: unknown): unknown {
  const failed = toProblem(thrown);
  if (failed.code !== 'sql_failed') return thrown;
  return new ProblemError({
    code: 'bad_input',
    message: `The condition cannot be evaluated: ${failed.message}`,
    hint:
      failed.hint ??
      "It may use content, metadata and created_at, for example metadata->>'priority' = 'high'.",
    at: { param: 'where' },
  });
}
