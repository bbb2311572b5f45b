import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { comparisonText, evaluationText, readTestSet } from '../../electron/cli/test-set.ts';
import { ndcg, recallAt } from '../../electron/engine/search/judge/measures.ts';
import { search } from '../../shared/contract/search.ts';
import { scratchFolder } from '../open-test-engine.ts';
import { makeTickets, openSharedSearch, quiet, tickets } from './open-search.ts';

describe('measures', () => {
  const relevance = new Map([
    ['a', 2],
    ['b', 1],
    ['c', 0],
  ]);

  test('nDCG by hand: gains over log2(place + 1), of the best order there is', () => {
    expect(ndcg(['a', 'b'], relevance, 10)).toBe(1);
    expect(ndcg(['c', 'b', 'a'], relevance, 10)).toBeCloseTo(
      (1 / Math.log2(3) + 2 / Math.log2(4)) / (2 + 1 / Math.log2(3)),
      12,
    );
    expect(ndcg(['c', 'b', 'a'], relevance, 1)).toBe(0);
    expect(ndcg(['a'], new Map(), 10)).toBe(0);
  });

  test('recall counts what is relevant at all', () => {
    expect(recallAt(['c', 'a'], relevance, 10)).toBe(0.5);
    expect(recallAt(['c', 'a'], relevance, 1)).toBe(0);
  });
});

describe('a test set', () => {
  test.each([
    ['as TREC writes it', 'q1 0 3 1\nq1 0 5 0\nq2 0 4 2\n'],
    ['as BEIR writes it', 'query-id\tcorpus-id\tscore\nq1\t3\t1\nq1\t5\t0\r\nq2\t4\t2\n'],
  ])('is read %s', async (_, qrels) => {
    const dir = await scratchFolder();
    await writeFile(join(dir, 'qrels'), qrels);
    await writeFile(join(dir, 'queries.tsv'), 'q1\tI cannot log in\nq2\tit\tcrashes\n');
    expect(await readTestSet(join(dir, 'qrels'), join(dir, 'queries.tsv'))).toEqual({
      questions: [
        { text: 'I cannot log in', relevance: { 3: 1, 5: 0 } },
        { text: 'it\tcrashes', relevance: { 4: 2 } },
      ],
      unjudged: 0,
      withoutRelevant: 0,
    });
    await writeFile(join(dir, 'bad'), 'q1 0 3 1\nnonsense\n');
    await expect(readTestSet(join(dir, 'bad'), join(dir, 'queries.tsv'))).rejects.toMatchObject({
      problem: { code: 'bad_input', message: expect.stringMatching(/Line 2/) },
    });
    await writeFile(join(dir, 'queries.tsv'), 'q2\tit crashes\n');
    await expect(readTestSet(join(dir, 'qrels'), join(dir, 'queries.tsv'))).rejects.toMatchObject({
      problem: { message: expect.stringMatching(/"q1".*is not in/) },
    });
  });
});

test('questions that nobody judged are told, and those that nothing is relevant to', async () => {
  const dir = await scratchFolder();
  await writeFile(join(dir, 'qrels'), 'q1 0 3 1\nq2 0 4 0\n');
  await writeFile(join(dir, 'queries.tsv'), 'q1\tone\nq2\ttwo\nq3\tthree\nq4\tfour\n');
  const { questions, ...set } = await readTestSet(join(dir, 'qrels'), join(dir, 'queries.tsv'));
  expect([questions.length, set]).toEqual([2, { unjudged: 2, withoutRelevant: 1 }]);
  const measured = { collection: 'tickets', questions: 2, nearest: 10, modes: [] };
  expect(evaluationText(measured, set).split('\n')[0]).toBe(
    'tickets, 2 questions; 2 more that nobody judged are not measured; 1 with nothing relevant count as 0:',
  );
  expect(evaluationText(measured).split('\n')[0]).toBe('tickets, 2 questions:');
});

describe('an evaluation', async () => {
  const { close, database, room, embed } = await openSharedSearch();
  await makeTickets(database, tickets);
  await embed({ table: 'tickets', columns: ['body'] });
  afterAll(close);
  const evaluate = (asked: object = {}) => room.evaluate(search.evaluate.arg.parse(asked), quiet());
  const judge = (question: string, documentId: string, relevance: number | null) =>
    room.judge(search.judge.arg.parse({ question, documentId, relevance }), quiet());

  test('says what to do where nothing was judged', async () => {
    await expect(evaluate()).rejects.toMatchObject({
      problem: { message: expect.stringMatching(/Nothing was judged/) },
    });
  });

  test('holds every mode against what was judged', async () => {
    await judge('authentication trouble', '3', 1);
    await judge('camera', '4', 1);
    await judge('camera', '5', 1);
    await judge('camera', '5', null);
    expect(await room.judgements({}, quiet())).toEqual([
      { question: 'authentication trouble', documentId: '3', relevance: 1 },
      { question: 'camera', documentId: '4', relevance: 1 },
    ]);
    const { questions, nearest, modes } = await evaluate();
    expect({ questions, nearest }).toEqual({ questions: 2, nearest: 10 });
    const byMode = Object.fromEntries(modes.map(({ mode, ndcg: good, recall }) => [mode, [good, recall]]));
    expect(byMode).toEqual({ vector: [1, 1], text: [0.5, 0.5], hybrid: [1, 1] });
  });

  test('takes questions whose documents are named by metadata', async () => {
    const questions = [{ text: 'camera', relevance: { 'The app crashes': 1, Nowhere: 0 } }];
    const { modes } = await evaluate({ questions, key: 'subject' });
    expect(modes.map(({ ndcg: good }) => good)).toEqual([1, 1, 1]);
    await expect(evaluate({ questions, key: 'priority' })).rejects.toMatchObject({
      problem: { message: expect.stringMatching(/None of the relevant/) },
    });
  });

  test('counts a document that a key names once, by its best part', async () => {
    const camera = 'The camera closes at once. The camera is black. The camera never opens again.';
    await makeTickets(
      database,
      [
        { subject: 'one', body: camera },
        { subject: 'two', body: 'A lens of the camera is scratched' },
        { subject: 'three', body: 'An invoice was paid twice' },
      ],
      'long',
    );
    const cut = { by: 'sentences', tokens: 8, overlap: 0 };
    await room.embed(search.embed.arg.parse({ table: 'long', columns: ['body'], cut }), quiet());
    const questions = [{ text: 'camera', relevance: { one: 1, two: 1 } }];
    const { modes } = await evaluate({ collection: 'long', questions, key: 'subject', nearest: 2 });
    expect(modes.map(({ ndcg: good, recall }) => [good, recall])).toEqual([
      [1, 1],
      [1, 1],
      [1, 1],
    ]);
    const other = [{ text: 'camera', relevance: { one: 1, 'not here': 1 } }];
    const missed = await evaluate({ collection: 'long', questions: other, key: 'subject', nearest: 2 });
    expect(missed.modes.map(({ recall }) => recall)).toEqual([0.5, 0.5, 0.5]);
    await room.remove({ collection: 'long' }, quiet());
  });

  test('of two collections stands side by side, row by row and question by question', async () => {
    await embed({ table: 'tickets', columns: ['subject'], collection: 'subjects' });
    const compare = (asked: object) =>
      room.compareCollections(search.compareCollections.arg.parse(asked), quiet());
    await room.judge(
      search.judge.arg.parse({ collection: 'subjects', question: 'crashes', documentId: '4', relevance: 1 }),
      quiet(),
    );
    const judgedIn = { collection: 'tickets', against: 'subjects' };
    const { collections, questions: asked, modes } = await compare(judgedIn);
    expect(collections).toMatchObject([
      { collection: 'tickets', textColumns: ['body'], model: 'all-MiniLM-L6-v2' },
      { collection: 'subjects', textColumns: ['subject'] },
    ]);
    expect(asked).toBe(3);
    const words = modes.find(({ mode }) => mode === 'text');
    // By words `camera` stands in a body only, `crashes` in a subject only, and no word of the third anywhere.
    expect(words).toMatchObject({ ndcg: [1 / 3, 1 / 3], better: 1, worse: 1, equal: 1 });
    expect(words?.answers.map(({ text, ndcg: [one, other] }) => [text, one, other])).toEqual([
      ['authentication trouble', 0, 0],
      ['camera', 1, 0],
      ['crashes', 0, 1],
    ]);
    const questions = [{ text: 'crashes', relevance: { '4': 1 } }];
    await expect(compare({ ...judgedIn, against: 'tickets' })).rejects.toMatchObject({
      problem: { message: expect.stringMatching(/with itself/) },
    });
    await expect(
      compare({ ...judgedIn, questions: [{ text: 'crashes', relevance: { '99': 1 } }] }),
    ).rejects.toMatchObject({ problem: { message: expect.stringMatching(/None of the relevant/) } });
    const told = comparisonText(await compare({ ...judgedIn, questions }));
    expect(told).toMatch(/text +nDCG@10 +0\.0000 +1\.0000 +\+1\.0000 +1 +0 +0/);
  });
});
