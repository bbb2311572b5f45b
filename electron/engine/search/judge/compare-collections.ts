import { named } from '../../../../shared/by-name.ts';
import { type Comparison, search, searchMode } from '../../../../shared/contract/search.ts';
import { problem } from '../../../../shared/problem.ts';
import { join, sql } from '../../../../shared/sql.ts';
import type { CallContext } from '../../../../shared/wire.ts';
import type { Database } from '../../database/database.ts';
import { documentsOf } from '../collections/collection-table.ts';
import { type CollectionRecord, chosenCollection } from '../collections/collections.ts';
import { find } from '../find/find.ts';
import { mean, quantiles } from '../index/recall.ts';
import type { Models } from '../model/models.ts';
import { type EvaluatedQuestion, type EvaluationRequest, judged, namesOf } from './evaluate.ts';
import { ndcg, recallAt } from './measures.ts';

/** Two collections, and what they are held against. */
export interface ComparisonRequest extends EvaluationRequest {
  readonly collection: string;
  readonly against: string;
}

type Mode = Comparison['modes'][number]['mode'];
type Records = readonly [CollectionRecord, CollectionRecord];

interface Answer {
  readonly ndcg: number;
  readonly recall: number;
  readonly ms: number;
}

/**
 * Asks two collections the same questions in every mode. Long texts may be cut otherwise in each: what counts is which rows are found,
 * or which values of the key.
 */
export async function compareCollections(
  database: Database,
  models: Models,
  request: ComparisonRequest,
  call: CallContext,
): Promise<Comparison> {
  const records: Records = [
    await chosenCollection(database, request.collection),
    await chosenCollection(database, request.against),
  ];
  refuseUnlike(records, request.key);
  const questions = (request.questions ?? (await judgedInEither(database, records))).map(byRow(request.key));
  for (const { name } of records) await refuseNoneThere(database, name, questions, request.key);
  const modes: Comparison['modes'][number][] = [];
  for (const [at, mode] of searchMode.options.entries()) {
    const asked = async (record: CollectionRecord, before: number) => {
      const answers: Answer[] = [];
      for (const question of questions) {
        const done = (2 * at + before) * questions.length + answers.length;
        const total = 2 * searchMode.options.length * questions.length;
        call.progress({
          title: `Comparing ${request.collection} and ${request.against}`,
          done,
          total,
          unit: 'texts',
        });
        answers.push(await answered(database, models, { record, mode, question, request }, call.signal));
      }
      return answers;
    };
    const found = [await asked(records[0], 0), await asked(records[1], 1)] as const;
    modes.push(beside(mode, questions, found));
  }
  const { nearest } = request;
  return { collections: [made(records[0]), made(records[1])], questions: questions.length, nearest, modes };
}

function refuseUnlike([one, other]: Records, key: string | undefined): void {
  if (one.name === other.name) {
    throw problem('bad_input', `"${one.name}" cannot be compared with itself.`, {
      hint: 'Name another collection.',
    });
  }
  if (key !== undefined || one.table === other.table) return;
  throw problem(
    'bad_input',
    `"${one.name}" and "${other.name}" are of different tables: their rows are not the same.`,
    {
      hint: 'Name the metadata key by which both know a document.',
    },
  );
}

/** What was said of a row in either collection; of a row that was judged in both, the higher counts. */
async function judgedInEither(database: Database, records: Records): Promise<EvaluatedQuestion[]> {
  const questions = new Map<string, Record<string, number>>();
  for (const { name } of records) {
    for (const { text, relevance } of await judged(database, name)) {
      const before = questions.get(text) ?? {};
      for (const [id, grade] of Object.entries(relevance))
        before[id] = Math.max(named(before, id) ?? 0, grade);
      questions.set(text, before);
    }
  }
  return [...questions].map(([text, relevance]) => ({ text, relevance }));
}

/** The id of a part is that of its row, `#`, and its number. */
const byRow =
  (key: string | undefined) =>
  ({ text, relevance }: EvaluatedQuestion): EvaluatedQuestion => {
    if (key !== undefined) return { text, relevance };
    const rows: Record<string, number> = {};
    for (const [id, grade] of Object.entries(relevance)) {
      const row = id.split('#')[0] as string;
      rows[row] = Math.max(rows[row] ?? 0, grade);
    }
    return { text, relevance: rows };
  };

async function refuseNoneThere(
  database: Database,
  collection: string,
  questions: readonly EvaluatedQuestion[],
  key: string | undefined,
): Promise<void> {
  const relevant = questions.flatMap(({ relevance }) =>
    Object.entries(relevance).flatMap(([name, grade]) => (grade > 0 ? [name] : [])),
  );
  if (relevant.length === 0) {
    throw problem('bad_input', 'Nothing was judged as relevant yet.', {
      hint: 'Mark results as relevant first, or give queries and qrels.',
    });
  }
  const named = key === undefined ? sql`source_row::text` : sql`metadata->>${key}::text`;
  const there = await database.maybeOne(sql`
    select 1 from ${documentsOf(collection)} where ${named} in (${join([...new Set(relevant)])}) limit 1`);
  if (there) return;
  throw problem('bad_input', `None of the relevant documents is in "${collection}".`, {
    hint: 'Name the metadata key that holds their ids.',
  });
}

async function answered(
  database: Database,
  models: Models,
  asked: {
    readonly record: CollectionRecord;
    readonly mode: Mode;
    readonly question: EvaluatedQuestion;
    readonly request: ComparisonRequest;
  },
  signal: AbortSignal,
): Promise<Answer> {
  const { record, mode, question, request } = asked;
  const { nearest, weights, fusion, key } = request;
  const wanted = search.find.arg.parse({
    collection: record.name,
    text: question.text,
    mode,
    limit: nearest,
    weights,
    fusion,
    group: key ?? '_row',
  });
  const { results, ms } = await find(database, models, wanted, signal);
  const found =
    key === undefined
      ? results.map(({ row }) => String(row))
      : await namesOf(database, record.name, results, key);
  const relevance = new Map(Object.entries(question.relevance));
  return { ndcg: ndcg(found, relevance, nearest), recall: recallAt(found, relevance, nearest), ms };
}

function beside(
  mode: Mode,
  questions: readonly EvaluatedQuestion[],
  [one, other]: readonly [readonly Answer[], readonly Answer[]],
): Comparison['modes'][number] {
  const pair = (part: 'ndcg' | 'recall') =>
    [mean(one.map((answer) => answer[part])), mean(other.map((answer) => answer[part]))] as const;
  const gains = one.map((answer, at) => (other[at]?.ndcg ?? 0) - answer.ndcg);
  return {
    mode,
    ndcg: pair('ndcg'),
    recall: pair('recall'),
    p50: [quantiles(one.map(({ ms }) => ms)).p50, quantiles(other.map(({ ms }) => ms)).p50],
    better: gains.filter((gain) => gain > 0).length,
    worse: gains.filter((gain) => gain < 0).length,
    equal: gains.filter((gain) => gain === 0).length,
    answers: questions.map(({ text }, at) => ({
      text,
      ndcg: [one[at]?.ndcg ?? 0, other[at]?.ndcg ?? 0],
      recall: [one[at]?.recall ?? 0, other[at]?.recall ?? 0],
    })),
  };
}

const made = ({ name, model, modelVersion, textColumns, template }: CollectionRecord) => ({
  collection: name,
  model,
  modelVersion,
  textColumns,
  template,
});
