import { expect, test } from 'vitest';
import { matchingWords } from '../../renderer/rooms/search/matching-words.ts';

const marked = (content: string, question: string) =>
  matchingWords(content, question)
    .map(({ text, matches }) => (matches ? `[${text}]` : text))
    .join('');

test.each([
  ['The courier lost the package', 'courier packages', 'The [courier] lost the [package]'],
  ['Charged twice', 'charging', '[Charged] twice'],
  ['I want my money back', 'i want my refund', 'I [want] my money back'],
  ['Größe zu klein', 'größe', '[Größe] zu klein'],
  ['nothing', '', 'nothing'],
  ['', 'word', ''],
  ['x < y && "q"', 'q', 'x < y && "[q]"'],
])('"%s" for "%s"', (content, question, expected) => {
  expect(marked(content, question)).toBe(expected);
});
