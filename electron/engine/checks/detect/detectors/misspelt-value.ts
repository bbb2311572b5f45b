import { filledRows, type ValueColumn } from '../columnar.ts';
import { defineDetector } from '../detector.ts';
import { nearestSpelling } from '../edit-distance.ts';
import { countedValues, everyRow, quoted } from '../values-of.ts';

const withoutDigits = (text: string) => text.replace(/\p{N}/gu, '');

/** One letter of four to six, and then one of every seven. */
const allowed = (length: number) => (length < 4 ? 0 : Math.max(1, Math.floor(length / 7)));

/** A frequent text that a rare one probably stands for. */
export interface Slip {
  readonly text: string;
  readonly count: number;
  /** How likely the rare one is a slip: 0 to 1. */
  readonly score: number;
}

/** Rare values of a column, by their place, that are a few letters away from a frequent one. */
export function misspeltValues(column: ValueColumn): ReadonlyMap<number, Slip> {
  const filled = filledRows(column);
  const all = countedValues(column).filter(({ text }) => text.length <= 200);
  const frequent = all.filter(({ count }) => count >= 5).toSorted((a, b) => b.count - a.count);
  const covered = frequent.reduce((sum, { count }) => sum + count, 0) / Math.max(1, filled);
  if (covered < 0.5) return new Map();
  const rare = all.filter(({ count }) => count <= Math.max(2, filled / 500));
  const nearest = nearestSpelling(rare, frequent, allowed);
  return new Map(
    rare.flatMap(({ text, place }) => {
      const right = nearest.get(text);
      if (!right || withoutDigits(right.text) === withoutDigits(text)) return [];
      const score = Math.min(
        0.95,
        0.92 - 1.2 * (right.distance / text.length) + 0.1 * Math.min(1, right.count / 100),
      );
      return [[place, { text: right.text, count: right.count, score }] as const];
    }),
  );
}

export default defineDetector({
  title: 'Misspelt value',
  help: 'A rare value that is a few letters away from one that is there many times. Numbers that differ in digits alone are different things, not slips.',
  find: ({ table }) =>
    table.columns.flatMap((column) => {
      const slips = [...misspeltValues(column)].map(([place, { text, count, score }]) => {
        const rows = column.counts[place] ?? 0;
        const reason = `${rows === 1 ? 'there once' : `there ${rows} times`}, and close to ${quoted(text)}, which is there ${count} times`;
        return [place, { score, reason }] as const;
      });
      return everyRow(column, new Map(slips));
    }),
});
