import { filledRows, type ValueColumn } from '../columnar.ts';
import { defineDetector } from '../detector.ts';
import { nearestSpelling } from '../edit-distance.ts';
import { countedValues, everyRow, quoted } from '../values-of.ts';
import type { Slip } from './misspelt-value.ts';

/** Words of letters, as they are compared. */
const wordsOf = (text: string): string[] => text.toLowerCase().match(/\p{L}{4,}/gu) ?? [];

/** More distinct words than this are prose, in which rare words are the rule. */
const mostWords = 3_000;
const allowed = (length: number) => (length < 6 ? 1 : 2);

/** Long texts that hardly ever repeat are written by people, slips included. */
const isProse = (texts: readonly { readonly words: readonly string[] }[], rows: number) =>
  texts.length > rows / 2 && texts.reduce((sum, { words }) => sum + words.length, 0) > texts.length * 6;

/** Rare words of a column's texts, in small letters, that are a letter or two away from a frequent one. */
export function misspeltWords(column: ValueColumn): ReadonlyMap<string, Slip> {
  const worded = countedValues(column).map((value) => ({ ...value, words: wordsOf(value.text) }));
  const counts = new Map<string, number>();
  for (const { words, count } of worded) {
    for (const word of words) counts.set(word, (counts.get(word) ?? 0) + count);
  }
  if (counts.size > mostWords || isProse(worded, column.codes.length)) return new Map();
  const all = [...counts].map(([text, count]) => ({ text, count }));
  const total = all.reduce((sum, { count }) => sum + count, 0);
  const frequent = all.filter(({ count }) => count >= 8).toSorted((a, b) => b.count - a.count);
  const covered = frequent.reduce((sum, { count }) => sum + count, 0) / Math.max(1, total);
  if (covered < 0.85) return new Map();
  const rare = all.filter(({ count }) => count <= Math.max(2, filledRows(column) / 500));
  const nearest = nearestSpelling(rare, frequent, allowed);
  return new Map(
    [...nearest].map(([word, { text, count, distance }]) => {
      const score = Math.min(0.9, 0.85 - 0.8 * (distance / word.length) + 0.1 * Math.min(1, count / 100));
      return [word, { text, count, score }];
    }),
  );
}

export default defineDetector({
  title: 'Misspelt word',
  help: 'A text with a rare word that is a letter or two away from a frequent one, in a column whose texts use the same words again and again.',
  find: ({ table }) =>
    table.columns.flatMap((column) => {
      const slips = misspeltWords(column);
      if (slips.size === 0) return [];
      const wrong = countedValues(column).flatMap(({ place, text }) => {
        const word = wordsOf(text).find((one) => slips.has(one));
        const right = word === undefined ? undefined : slips.get(word);
        if (!right || word === undefined) return [];
        const reason = `the word ${quoted(word)} is rare, and close to ${quoted(right.text)}, which is there ${right.count} times`;
        return [[place, { score: right.score, reason }] as const];
      });
      return everyRow(column, new Map(wrong));
    }),
});
