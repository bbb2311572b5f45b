import type { SearchHit, SearchResult } from '../../../shared/contract/search.ts';
import { ProblemError, problem, toProblem } from '../../../shared/problem.ts';
import { expression, join, nothing, type Sql, sql } from '../../../shared/sql.ts';
import type { Database } from '../database/database.ts';
import { documentsOf, wordsOf } from './collection-table.ts';
import { type CollectionRecord, chosenCollection } from './collections.ts';
import type { Embedder } from './embedder.ts';
import { vectorText } from './vector-copy.ts';

type Mode = SearchResult['mode'];

export interface FindRequest {
  readonly text: string;
  readonly collection?: string | undefined;
  readonly mode: Mode;
  readonly filter: Readonly<Record<string, string | number | boolean | null>>;
  readonly where?: string | undefined;
  readonly limit: number;
}

/**
 * Damps the weight of the first places in reciprocal rank fusion.
 * Source: Cormack, Clarke and Büttcher 2009, "Reciprocal Rank Fusion outperforms Condorcet".
 */
const fusionConstant = 60;

/** Finds documents near a text. Every search is exact: filters come first, and all that is left is compared. */
export async function find(
  database: Database,
  embedder: Embedder,
  request: FindRequest,
  signal: AbortSignal,
): Promise<SearchResult> {
  const began = performance.now();
  const { mode, text } = request;
  const collection = await chosenCollection(database, request.collection);
  const vector = mode === 'text' ? nothing : await questionVector(database, embedder, collection, text);
  const statement = statementOf(mode, candidates(collection, request), vector, request);
  const results = await database
    .use({ title: `Searching ${collection.name}`, signal }, (session) => session.query<SearchHit>(statement))
    .catch((thrown: unknown) => {
      throw request.where === undefined ? thrown : blamingCondition(thrown);
    });
  return { collection: collection.name, mode, results, ms: performance.now() - began };
}

async function questionVector(
  database: Database,
  embedder: Embedder,
  collection: CollectionRecord,
  text: string,
): Promise<Sql> {
  const model = await embedder.describe();
  const other = await database.maybeOne<{ model: string }>(sql`
    select model || ' ' || model_version as model from ${documentsOf(collection.name)}
    where model <> ${model.id} or model_version <> ${model.version} limit 1`);
  if (other) {
    throw problem(
      'bad_input',
      `"${collection.name}" has vectors of ${other.model}, which cannot be compared with ${model.id} ${model.version}.`,
      { hint: 'Embed the collection again; or search by words, mode "text".' },
    );
  }
  const [vector] = await embedder.embed([text]);
  if (!vector) throw problem('bug', 'The embedding model gave no vector.');
  return sql`${vectorText(vector)}::vector`;
}

/** The documents that pass the filters. */
function candidates({ name }: CollectionRecord, { filter, where }: FindRequest): Sql {
  const conditions = [
    ...(Object.keys(filter).length > 0 ? [sql`metadata @> ${JSON.stringify(filter)}::jsonb`] : []),
    ...(where?.trim() ? [expression(where)] : []),
  ];
  const narrowed = conditions.length > 0 ? sql` where ${join(conditions, sql` and `)}` : nothing;
  return sql`select * from ${documentsOf(name)}${narrowed}`;
}

const hit = sql`document_id as "documentId", source_row as "row", score, content, metadata`;
const question = (text: string) => sql`websearch_to_tsquery('english', ${text})`;
const rank = (text: string) => sql`ts_rank(${wordsOf(sql`content`)}, ${question(text)})`;
const matches = (text: string) => sql`${wordsOf(sql`content`)} @@ ${question(text)}`;

function statementOf(mode: Mode, from: Sql, vector: Sql, { text, limit }: FindRequest): Sql {
  if (mode === 'text') {
    return sql`
      select ${hit} from (select d.*, ${rank(text)} as score from (${from}) as d where ${matches(text)}) as found
      order by score desc, id limit ${limit}`;
  }
  if (mode === 'vector') {
    return sql`
      select ${hit} from (
        select d.*, 1 - (embedding <=> ${vector}) as score from (${from}) as d
        order by embedding <=> ${vector}, id limit ${limit}
      ) as found order by score desc, id`;
  }
  return sql`
    with narrowed as not materialized (${from}),
    near as (select id, row_number() over (order by embedding <=> ${vector}, id) as place from narrowed),
    worded as (select id, row_number() over (order by ${rank(text)} desc, id) as place from narrowed where ${matches(text)}),
    fused as (
      select id, (1.0 / (${fusionConstant} + near.place) + coalesce(1.0 / (${fusionConstant} + worded.place), 0))::float8 as score
      from near left join worded using (id) order by score desc, id limit ${limit}
    )
    select ${hit} from fused join narrowed using (id) order by score desc, id`;
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
