import { filledRows } from '../columnar.ts';
import { defineDetector } from '../detector.ts';
import { nearestSpelling } from '../edit-distance.ts';
import { countedValues, everyRow, quoted } from '../values-of.ts';

/** Words of letters, as they are compared. */
const wordsOf = (text: string): string[] => text.toLowerCase().match(/\p{L}{4,}/gu) ?? [];

/** More distinct words than this are prose, in which rare words are the rule. */
const mostWords = 3_000;
const allowed = (length: number) => (length < 6 ? 1 : 2);

/** Long texts that hardly ever repeat are written by people, slips included. */
const isProse = (texts: readonly { readonly words: readonly string[] }[], rows: number) =>
  texts.length > rows / 2 && texts.reduce((sum, { words }) => sum + words.length, 0) > texts.length * 6;

export default defineDetector({
  title: 'Misspelt word',
  help: 'A text with a rare word that is a letter or two away from a frequent one, in a column whose texts use the same words again and again.',
  find: ({ table }) =>
    table.columns.flatMap((column) => {
      const worded = countedValues(column).map((value) => ({ ...value, words: wordsOf(value.text) }));
      const counts = new Map<string, number>();
      for (const { words, count } of worded) {
        for (const word of words) counts.set(word, (counts.get(word) ?? 0) + count);
      }
      if (counts.size > mostWords || isProse(worded, table.rows.length)) return [];
      const all = [...counts].map(([text, count]) => ({ text, count }));
      const total = all.reduce((sum, { count }) => sum + count, 0);
      const frequent = all.filter(({ count }) => count >= 8).toSorted((a, b) => b.count - a.count);
      const covered = frequent.reduce((sum, { count }) => sum + count, 0) / Math.max(1, total);
      if (covered < 0.85) return [];
      const rare = all.filter(({ count }) => count <= Math.max(2, filledRows(column) / 500));
      const nearest = nearestSpelling(rare, frequent, allowed);
      const slips = worded.flatMap(({ place, words }) => {
        const wrong = words.find((word) => nearest.has(word));
        const right = wrong === undefined ? undefined : nearest.get(wrong);
        if (!right || wrong === undefined) return [];
        const score = Math.min(
          0.9,
          0.85 - 0.8 * (right.distance / wrong.length) + 0.1 * Math.min(1, right.count / 100),
        );
        const reason = `the word ${quoted(wrong)} is rare, and close to ${quoted(right.text)}, which is there ${right.count} times`;
        return [[place, { score, reason }] as const];
      });
      return everyRow(column, new Map(slips));
    }),
});
