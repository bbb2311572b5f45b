import { type Evaluation, search, searchMode } from '../../../../shared/contract/search.ts';
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
  const asked = await Promise.all(
    questions.map((question) => readRelevance(database, name, question, request.key)),
  );
  refuseEmpty(name, asked);
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
      });
      const { results, ms } = await find(database, models, question, signal);
      const found = results.map(({ documentId }) => documentId);
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

/** Relevance by document id; a test set may name documents by a metadata key instead. */
async function readRelevance(
  database: Database,
  collection: string,
  { text, relevance }: EvaluatedQuestion,
  key: string | undefined,
): Promise<{ readonly text: string; readonly relevance: Relevance }> {
  const named = new Map(Object.entries(relevance));
  if (key === undefined || named.size === 0) return { text, relevance: named };
  const rows = await database.query<{ id: string; name: string }>(sql`
    select document_id as id, metadata->>${key}::text as name from ${documentsOf(collection)}
    where metadata->>${key}::text in (${join([...named.keys()])})`);
  return { text, relevance: new Map(rows.map(({ id, name }) => [id, named.get(name) ?? 0])) };
}

function refuseEmpty(collection: string, asked: readonly { readonly relevance: Relevance }[]): void {
  if (asked.some(({ relevance }) => [...relevance.values()].some((grade) => grade > 0))) return;
  throw problem(
    'bad_input',
    asked.length === 0
      ? `Nothing was judged in "${collection}" yet.`
      : `None of the relevant documents is in "${collection}".`,
    {
      hint:
        asked.length === 0
          ? 'Mark results as relevant first, or give queries and qrels.'
          : 'Name the metadata key that holds their ids.',
    },
  );
}
