import { afterAll, describe, expect, test } from 'vitest';
import { bm25Index } from '../../electron/engine/search/collections/collection-table.ts';
import { search } from '../../shared/contract/search.ts';
import { ident, sql } from '../../shared/sql.ts';
import { makeTickets, openSharedSearch, quiet, tickets } from './open-search.ts';

const shared = await openSharedSearch();
const deliveries = [
  { subject: 'Delivery', body: 'The delivery was late. The driver was friendly.', priority: 'low' },
  { subject: 'Deliveries', body: 'Two deliveries were late', priority: 'low' },
  { subject: 'Late', body: 'late late late and nothing else', priority: 'high' },
  { subject: 'Copy', body: 'You charged my card twice!', priority: 'low' },
];
await makeTickets(shared.database, [...tickets, ...deliveries]);
await shared.embed({ table: 'tickets', columns: ['body'] });
afterAll(shared.close);

const find = async (asked: { text?: string } & Record<string, unknown>) =>
  shared.room.find(search.find.arg.parse(asked), quiet());
const rows = ({ results }: Awaited<ReturnType<typeof find>>) => results.map(({ row }) => row);

describe('by words', () => {
  test.each([
    ['any of the words, the rare one first', 'zebra camera late', [4, 9, 8, 7]],
    ['a phrase stands as written', '"lost the package"', [1]],
    ['and not otherwise', '"package the lost"', []],
    ['a beginning of words', 'deliv*', [8, 7]],
    ['an exclusion', 'late -delivery', [9]],
    ['an excluded phrase', 'late -"nothing else" -friendly', [8]],
    ['only stop words', 'the and of', []],
    ['only exclusions', '-late', []],
    ['signs of other languages', "') & !(| <-> :*", []],
  ])('%s', async (_, text, expected) => {
    const found = await find({ text, mode: 'text' });
    expect(rows(found)).toEqual(expected);
    expect(found.wordsBy).toBe('bm25');
  });

  test.each([
    ['*', 'text', /^The question has no words/],
    ['% _ \\ "', 'hybrid', /^The question has no words/],
    ['😀', 'text', /^The question has no words/],
    ['-', 'text', /^The question has no words/],
    ['-late', 'text', /^The question says only what must not stand there/],
  ])('%s alone, by %s, has nothing to look for, and why is told', async (text, mode, told) => {
    expect((await find({ text, mode })).notes).toEqual([expect.stringMatching(told)]);
  });

  test.each([
    ['late', {}, 'all'],
    ['late "nothing else"', {}, 1],
    ['late -delivery', {}, 8],
    ['late', { filter: { priority: 'high' } }, 4],
    ['late', { mode: 'vector', filter: { priority: 'high' }, like: { plus: ['9'] } }, 3],
  ])('of %s under %j is told how many pass', async (text, asked, passing) => {
    expect((await find({ text, mode: 'text', ...asked })).passing).toBe(passing);
  });

  test('words that are too common are told', async () => {
    const { results, notes } = await find({ text: 'the and of', mode: 'hybrid' });
    expect(results.length).toBe(10);
    expect(notes).toEqual([expect.stringMatching(/so common/)]);
  });

  test('scores are BM25: k1 = 1.2, b = 0.75', async () => {
    const { results } = await find({ text: 'camera', mode: 'text' });
    const lengths = await shared.database.query<{ n: number; here: boolean }>(sql`
      select (select sum(cardinality(positions)) from unnest(to_tsvector('english', content)))::int as n, content ~ 'camera' as here
      from collections.tickets`);
    const mean = lengths.reduce((sum, { n }) => sum + n, 0) / lengths.length;
    const length = lengths.find(({ here }) => here)?.n ?? 0;
    const idf = Math.log(1 + (lengths.length - 1 + 0.5) / (1 + 0.5));
    const byHand = (idf * 2.2) / (1 + 1.2 * (0.25 + (0.75 * length) / mean));
    expect(results[0]?.score).toBeCloseTo(byHand, 1);
  });

  test('without the index, by PostgreSQL’s text rank, and it is told', async () => {
    const index = await bm25Index(shared.database, 'tickets');
    await shared.database.run(sql`drop index ${ident('collections', String(index))}`);
    const found = await find({ text: 'camera deliv*', mode: 'text' });
    expect(rows(found).toSorted()).toEqual([4, 7, 8]);
    expect(found).toMatchObject({ wordsBy: 'full text', notes: [expect.stringContaining('BM25')] });
    await shared.embed({ table: 'tickets', columns: ['body'] });
    expect((await find({ text: 'camera', mode: 'text' })).wordsBy).toBe('bm25');
  });
});

describe('what is told of a result', () => {
  test('marked words, the scores and places of each part', async () => {
    const { results } = await find({ text: 'deliveries late', mode: 'hybrid', limit: 3 });
    const [best] = results;
    expect(best?.row).toBe(8);
    expect(best?.marks.map(([from, to]) => best.content.slice(from, to))).toEqual(['deliveries', 'late']);
    const { places, score, scores } = best as (typeof results)[number];
    expect(score).toBeCloseTo(1 / (60 + (places.meaning ?? 0)) + 1 / (60 + (places.words ?? 0)), 12);
    expect(scores.meaning).toBeGreaterThan(0.5);
    expect(scores.words).toBeGreaterThan(0);
  });

  test('an exclusion holds for the part by meaning too', async () => {
    const found = await find({ text: 'late delivery -friendly', mode: 'hybrid', limit: 100 });
    expect(rows(found)).not.toContain(7);
    expect(rows(found)).toContain(1);
  });

  test('the nearest sentence', async () => {
    const documents = ['7', '8'];
    const text = 'how polite was the courier';
    expect(await shared.room.nearestSentences({ text, documents }, quiet())).toEqual([
      { documentId: '7', from: 23, to: 47, score: expect.any(Number) },
    ]);
  });
});

describe('by examples', () => {
  test('what is like a document, without itself', async () => {
    expect(rows(await find({ like: { plus: ['5'] } }))[0]).toBe(10);
  });

  test('like several, unlike another, beside a text', async () => {
    const like = { plus: ['7'], minus: ['5', '10'] };
    const found = rows(await find({ text: 'late', like, limit: 100 }));
    expect(found.slice(0, 2).toSorted()).toEqual([8, 9]);
    expect(found).toHaveLength(7);
  });

  test.each([
    [{ like: { plus: ['99'] } }, /no document "99"/],
    [{}, /nothing to search for/],
    [{ text: ' ', mode: 'text' }, /needs words/],
    [{ text: '', like: { plus: ['5'], minus: ['5'] }, least: 2 }, null],
  ])('%j', async (asked, message) => {
    if (message === null) expect(rows(await find(asked))).toEqual([]);
    else
      await expect(find(asked)).rejects.toMatchObject({
        problem: { message: expect.stringMatching(message) },
      });
  });
});

describe('arranged', () => {
  test('one of each group, never short', async () => {
    const found = await find({ text: 'late delivery', group: 'priority', limit: 3 });
    expect(found.results.map(({ metadata }) => metadata['priority']).toSorted()).toEqual([
      'high',
      'low',
      'medium',
    ]);
    expect(found.results[0]?.row).toBe(8);
  });

  test('a double is left out for the sake of others', async () => {
    const text = 'charged twice';
    expect(rows(await find({ text, limit: 2 })).toSorted()).toEqual([10, 5]);
    expect(rows(await find({ text, limit: 2, diversity: 0.6 }))).not.toEqual(expect.arrayContaining([5, 10]));
  });

  test('a threshold, and where similarities lie', async () => {
    const all = await find({ text: 'late delivery', limit: 100 });
    const least = all.results[2]?.score as number;
    expect(rows(await find({ text: 'late delivery', limit: 100, least }))).toEqual(rows(all).slice(0, 3));
    const asked = search.distribution.arg.parse({ text: 'late delivery' });
    const { from, to, counts } = await shared.room.distribution(asked, quiet());
    expect(counts.reduce((sum, n) => sum + n, 0)).toBe(10);
    expect(from).toBeCloseTo(all.results.at(-1)?.score as number, 6);
    expect(to).toBeCloseTo(all.results[0]?.score as number, 6);
  });
});
