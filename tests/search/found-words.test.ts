import { expect, test } from 'vitest';
import { foundWords } from '../../renderer/rooms/search/found-words.ts';
import { keptFilters } from '../../renderer/rooms/search/kept-filters.ts';
import { embeddedWords } from '../../shared/embedded-words.ts';

test.each([
  [50, 'all', 'The first 50 of 2,000 documents'],
  [3, 'all', '3 results of 2,000 documents'],
  [50, 120, 'The first 50 of 120 documents that pass'],
  [50, 50, '50 results of 50 documents that pass'],
  [1, 1, '1 result of 1 document that passes'],
  [50, null, 'The first 50'],
  [7, null, '7 results'],
] as const)('%i found where %s pass: %s', (found, passing, words) => {
  expect(foundWords({ results: Array.from({ length: found }), passing }, 2000, 50)).toBe(words);
});

test.each([
  [26_000, true, '26,000 vectors taken'],
  [1, true, '1 vector taken'],
  [1, false, '1 text embedded'],
  [2400, false, '2,400 texts embedded'],
] as const)('%i, from a column %s: %s', (count, fromColumn, words) => {
  expect(embeddedWords(count, fromColumn)).toBe(words);
});

test('a kept search opens without filters by what is gone', () => {
  expect(keptFilters({ status: 'open', gone: 1 }, ['status'])).toEqual({
    kept: { status: 'open' },
    lost: ['gone'],
  });
});
