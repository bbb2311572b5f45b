import { readFile } from 'node:fs/promises';
import type { Comparison, Evaluation } from '../../shared/contract/search.ts';
import { count, counted } from '../../shared/number-words.ts';
import { problem } from '../../shared/problem.ts';
import { oneLine, textTable } from './output.ts';

/** A question of a test set and the relevance of documents to it. */
export interface TestQuestion {
  readonly text: string;
  readonly relevance: Record<string, number>;
}

/** What is measured over, and what is not. */
export interface TestSet {
  readonly questions: TestQuestion[];
  /** Questions that were written down and that nobody judged: they are not measured. */
  readonly unjudged: number;
  /** Questions of which every judgement says that the document is not relevant: they count as 0. */
  readonly withoutRelevant: number;
}

const read = (file: string) =>
  readFile(file, 'utf8').catch((cause: unknown) => {
    throw problem('bad_input', `The file ${file} cannot be read.`, { hint: 'Check its name.', cause });
  });

const linesOf = (text: string) => text.split(/\r?\n/).filter((line) => line.trim() !== '');

/**
 * A test set as TREC writes it: qrels (`question 0 document relevance`) and queries (`question<tab>text`). Sources: trec_eval's
 * README; BEIR's qrels have a head and three columns.
 */
export async function readTestSet(qrelsFile: string, queriesFile: string): Promise<TestSet> {
  const queries = new Map(
    linesOf(await read(queriesFile)).map((line) => {
      const [id = '', ...text] = line.split('\t');
      return [id, text.join('\t').trim()];
    }),
  );
  const questions = new Map<string, TestQuestion>();
  for (const [at, line] of linesOf(await read(qrelsFile)).entries()) {
    const cells = line.trim().split(/\s+/);
    const [id = '', document = '', grade = ''] = cells.length >= 4 ? [cells[0], cells[2], cells[3]] : cells;
    const relevance = Number(grade);
    if (at === 0 && Number.isNaN(relevance)) continue;
    refuseLine(qrelsFile, at + 1, cells.length, relevance);
    const text = queries.get(id);
    if (text === undefined || text === '') {
      throw problem('bad_input', `Question "${id}" of ${qrelsFile} is not in ${queriesFile}.`, {
        hint: 'Each line of the queries is: question, tab, text.',
      });
    }
    const before = questions.get(id) ?? { text, relevance: {} };
    before.relevance[document] = Math.max(0, relevance);
    questions.set(id, before);
  }
  const measured = [...questions.values()];
  return {
    questions: measured,
    unjudged: queries.size - questions.size,
    withoutRelevant: measured.filter(({ relevance }) => !Object.values(relevance).some(Boolean)).length,
  };
}

function refuseLine(file: string, line: number, cells: number, relevance: number): void {
  if (cells >= 3 && Number.isFinite(relevance)) return;
  throw problem('bad_input', `Line ${line} of ${file} is not a judgement.`, {
    hint: 'Each line is: question, 0, document, relevance.',
    at: { file, line },
  });
}

/** What was measured over. */
function questionsText(questions: number, set: Omit<TestSet, 'questions'> | undefined): string {
  const { unjudged = 0, withoutRelevant = 0 } = set ?? {};
  return [
    counted(questions, 'question'),
    ...(unjudged > 0 ? [`${count(unjudged)} more that nobody judged are not measured`] : []),
    ...(withoutRelevant > 0 ? [`${count(withoutRelevant)} with nothing relevant count as 0`] : []),
  ].join('; ');
}

/** How good each mode is, as a table. */
export const evaluationText = (
  { collection, questions, nearest, modes }: Evaluation,
  set?: Omit<TestSet, 'questions'>,
): string =>
  `${collection}, ${questionsText(questions, set)}:\n${textTable(
    ['mode', `nDCG@${nearest}`, `recall@${nearest}`, 'p50'],
    modes.map(({ mode, ndcg, recall, p50 }) => [
      mode,
      ndcg.toFixed(4),
      recall.toFixed(4),
      `${p50.toFixed(1)} ms`,
    ]),
  )}`;

/** Questions that are listed, those with the largest differences. */
const mostListed = 10;

const signed = (value: number) => `${value > 0 ? '+' : ''}${value.toFixed(4)}`;

/** Two collections side by side, mode by mode, and the questions that they answer most unlike. */
export function comparisonText(
  { collections, questions, nearest, modes }: Comparison,
  set?: Omit<TestSet, 'questions'>,
): string {
  const [one, other] = collections;
  const of = ({ collection, model, modelVersion, template, textColumns }: typeof one) =>
    `${collection}: ${[model, modelVersion].filter(Boolean).join(' ')}, ${template ?? textColumns.join(', ')}`;
  const head = [
    'mode',
    'measure',
    one.collection,
    other.collection,
    'difference',
    'better',
    'worse',
    'equal',
  ];
  const table = modes.flatMap(({ mode, ndcg, recall, better, worse, equal }) => [
    [mode, `nDCG@${nearest}`, ...pair(ndcg), String(better), String(worse), String(equal)],
    ['', `recall@${nearest}`, ...pair(recall), '', '', ''],
  ]);
  const unlike = modes.flatMap(({ mode, answers }) =>
    answers.map(({ text, ndcg: [before, after] }) => ({ mode, text, before, after })),
  );
  const listed = unlike
    .filter(({ before, after }) => before !== after)
    .toSorted((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before))
    .slice(0, mostListed)
    .map(({ mode, text, before, after }) => [mode, ...pair([before, after]), oneLine(text)]);
  const most =
    listed.length === 0
      ? 'No question is answered otherwise.\n'
      : textTable(
          ['mode', one.collection, other.collection, `difference of nDCG@${nearest}`, 'question'],
          listed,
        );
  return `${of(one)}\n${of(other)}\n${questionsText(questions, set)}:\n${textTable(head, table)}\n${most}`;
}

const pair = ([before, after]: readonly [number, number]) => [
  before.toFixed(4),
  after.toFixed(4),
  signed(after - before),
];
