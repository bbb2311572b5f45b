import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sentencesOf } from '../../electron/engine/search/collections/sentences.ts';
import { diversify } from '../../electron/engine/search/find/diversify.ts';
import { rangesOf } from '../../electron/engine/search/find/marked.ts';
import { fuse } from '../../electron/engine/search/find/ranking.ts';
import { meantText, readWords } from '../../electron/engine/search/find/words.ts';
import { markedPieces } from '../../renderer/rooms/search/marked-pieces.ts';

describe('a question as words', () => {
  test.each([
    ['lost parcel', { any: ['lost', 'parcel'] }],
    ['"lost parcel" courier', { phrases: ['lost parcel'], any: ['courier'] }],
    ['deliv* late', { prefixes: ['deliv'], any: ['late'] }],
    ['refund -lamp -"money back"', { any: ['refund'], not: ['lamp', 'money back'] }],
    ['e-mail', { any: ['e-mail'] }],
    ['"never closed', { any: ['never', 'closed'] }],
    ["'; drop table -- & | ! ( ) :*", { any: ["';", 'drop', 'table'].slice(1) }],
    ['größe 大小', { any: ['größe', '大小'] }],
    ['- " *', {}],
  ])('%s', (text, expected) => {
    expect(readWords(text)).toEqual({ any: [], phrases: [], prefixes: [], not: [], ...expected });
  });

  test('a model reads what is wanted, without the signs', () => {
    expect(meantText('"lost parcel" deliv* -refund late')).toBe('late lost parcel deliv');
    expect(meantText('Where is my parcel?')).toBe('Where is my parcel?');
  });
});

const list = (...ids: number[]) => ids.map((id, at) => ({ id, score: 1 - at / 100 }));

describe('fusion', () => {
  test('adds weight / (60 + place), and tells the places', () => {
    const fused = fuse(list(1, 2, 3), list(3, 4), { meaning: 1, words: 2 });
    expect(fused.map(({ id, score }) => [id, score])).toEqual([
      [3, 1 / 63 + 2 / 61],
      [4, 2 / 62],
      [1, 1 / 61],
      [2, 1 / 62],
    ]);
    expect(fused[0]).toMatchObject({ places: { meaning: 3, words: 1 }, wordScore: 1 });
    expect(fused[1]).toMatchObject({ places: { meaning: null, words: 2 } });
  });

  test('a part that weighs nothing finds nothing', () => {
    expect(fuse(list(1), list(2), { meaning: 0, words: 1 }).map(({ id }) => id)).toEqual([2]);
  });
});

describe('diversity', () => {
  const vectors = new Map([
    [1, Float32Array.of(1, 0)],
    [2, Float32Array.of(0.999, 0.01)],
    [3, Float32Array.of(0, 1)],
  ]);
  const vectorOf = ({ id }: { id: number }) => vectors.get(id) as Float32Array;

  test('takes what is unlike before what is the same', () => {
    const ranked = list(1, 2, 3);
    expect(diversify(ranked, vectorOf, 0.7, 2).map(({ id }) => id)).toEqual([1, 3]);
    expect(diversify(ranked, vectorOf, 0, 3)).toEqual(ranked);
  });

  test('is a choice of what was there, each once', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(fc.double({ noNaN: true, min: -1, max: 1 }), fc.double({ noNaN: true, min: -1, max: 1 })),
          { maxLength: 12 },
        ),
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 12 }),
        (points, diversity, most) => {
          const ranked = points.map((_, id) => ({ id, score: -id }));
          const chosen = diversify(
            ranked,
            ({ id }) => Float32Array.from(points[id] as number[]),
            diversity,
            most,
          );
          expect(chosen).toHaveLength(Math.min(most, points.length));
          expect(new Set(chosen).size).toBe(chosen.length);
        },
      ),
    );
  });
});

test('marks are places in the text without them', () => {
  expect(rangesOf('a \uE000lost\uE001 😀 \uE000parcel\uE001')).toEqual([
    [2, 6],
    [10, 16],
  ]);
});

test('a text is cut where words and the nearest sentence begin and end', () => {
  const pieces = markedPieces(
    'It broke. My lamp broke.',
    [
      [3, 8],
      [18, 23],
    ],
    { from: 10, to: 24 },
  );
  expect(pieces.map(({ text, marked, nearest }) => [text, marked, nearest])).toEqual([
    ['It ', false, false],
    ['broke', true, false],
    ['. ', false, false],
    ['My lamp ', false, true],
    ['broke', true, true],
    ['.', false, true],
  ]);
  expect(
    markedPieces('cut', [[2, 9]], undefined)
      .map(({ text }) => text)
      .join(''),
  ).toBe('cut');
});

test('sentences stand where they stand', () => {
  const text = ' It broke. Why?\n\nI want my money back ';
  for (const { text: sentence, from, to } of sentencesOf(text)) expect(text.slice(from, to)).toBe(sentence);
  expect(sentencesOf(text).map((one) => one.text)).toEqual(['It broke.', 'Why?', 'I want my money back']);
});
