import { type Evaluation, type SearchHit, search, searchMode } from '../../../../shared/contract/search.ts';
import { problem } from '../../../../shared/problem.ts';
import { join, sql } from '../../../../shared/sql.ts';
import type { CallContext } from '../../../../shared/wire.ts';
import type { Database } from '../../database/database.ts';
import { documentsOf } from '../collections/collection-table.ts';
import { chosenCollection } from '../collections/collections.ts';
import { find } from '../find/find.ts';
import { mean, quantiles } from '../index/recall.ts';
import type { Models } from '../model/models.ts';
import { judgementsOf } from './judgements.ts';
import { ndcg, type Relevance, recallAt } from './measures.ts';

/** A question, and what is relevant to it. */
export interface EvaluatedQuestion {
  readonly text: string;
  readonly relevance: Readonly<Record<string, number>>;
}

export interface EvaluationRequest {
  readonly collection?: string | undefined;
  readonly questions?: readonly EvaluatedQuestion[] | undefined;
  readonly key?: string | undefined;
  readonly nearest: number;
  readonly weights: { readonly meaning: number; readonly words: number };
  readonly fusion: 'ranks' | 'scores';
}

/** Asks every question in every mode and holds the answers against what is relevant. */
export async function evaluate(
  database: Database,
  models: Models,
  request: EvaluationRequest,
  { signal, progress }: CallContext,
): Promise<Evaluation> {
  const { name } = await chosenCollection(database, request.collection);
  const questions = request.questions ?? (await judged(database, name));
  const { key } = request;
  const asked = questions.map(({ text, relevance }) => ({
    text,
    relevance: new Map(Object.entries(relevance)),
  }));
  await refuseEmpty(database, name, asked, key);
  const modes: Evaluation['modes'][number][] = [];
  for (const [at, mode] of searchMode.options.entries()) {
    const answers: { ndcg: number; recall: number; ms: number }[] = [];
    for (const [done, { text, relevance }] of asked.entries()) {
      const total = asked.length * searchMode.options.length;
      progress({ title: `Evaluating ${name}`, done: at * asked.length + done, total, unit: 'texts' });
      const { nearest, weights, fusion } = request;
      const question = search.find.arg.parse({
        collection: name,
        text,
        mode,
        limit: nearest,
        weights,
        fusion,
        group: key,
      });
      const { results, ms } = await find(database, models, question, signal);
      const found = await namesOf(database, name, results, key);
      answers.push({
        ndcg: ndcg(found, relevance, nearest),
        recall: recallAt(found, relevance, nearest),
        ms,
      });
    }
    const { p50 } = quantiles(answers.map(({ ms }) => ms));
    modes.push({
      mode,
      ndcg: mean(answers.map((one) => one.ndcg)),
      recall: mean(answers.map((one) => one.recall)),
      p50,
    });
  }
  return { collection: name, questions: asked.length, nearest: request.nearest, modes };
}

/** What people judged in a collection, as questions. */
export async function judged(database: Database, collection: string): Promise<EvaluatedQuestion[]> {
  const questions = new Map<string, Record<string, number>>();
  for (const { question, documentId, relevance } of await judgementsOf(database, collection)) {
    questions.set(question, { ...questions.get(question), [documentId]: relevance });
  }
  return [...questions].map(([text, relevance]) => ({ text, relevance }));
}

/** What a test set calls documents: by their ids, or by a metadata key, whose value the parts of a long text share. */
const namedBy = (key: string | undefined) =>
  key === undefined ? sql`document_id` : sql`metadata->>${key}::text`;

/** What a test set calls the documents that were found. */
export async function namesOf(
  database: Database,
  collection: string,
  found: readonly SearchHit[],
  key: string | undefined,
): Promise<readonly string[]> {
  const ids = found.map(({ documentId }) => documentId);
  if (key === undefined || ids.length === 0) return ids;
  const rows = await database.query<{ id: string; name: string | null }>(sql`
    select document_id as id, ${namedBy(key)} as name from ${documentsOf(collection)}
    where document_id in (${join(ids)})`);
  const names = new Map(rows.map(({ id, name }) => [id, name]));
  return ids.map((id) => names.get(id) ?? '');
}

async function refuseEmpty(
  database: Database,
  collection: string,
  asked: readonly { readonly relevance: Relevance }[],
  key: string | undefined,
): Promise<void> {
  if (asked.length === 0) {
    throw problem('bad_input', `Nothing was judged in "${collection}" yet.`, {
      hint: 'Mark results as relevant first, or give queries and qrels.',
    });
  }
  const relevant = asked.flatMap(({ relevance }) =>
    [...relevance].flatMap(([name, grade]) => (grade > 0 ? [name] : [])),
  );
  const there =
    relevant.length > 0 &&
    (await database.maybeOne(sql`
      select 1 from ${documentsOf(collection)} where ${namedBy(key)} in (${join([...new Set(relevant)])}) limit 1`));
  if (there) return;
  throw problem('bad_input', `None of the relevant documents is in "${collection}".`, {
    hint: 'Name the metadata key that holds their ids.',
  });
}
