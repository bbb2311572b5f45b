import { filledRows, type ValueColumn } from '../columnar.ts';
import { defineDetector } from '../detector.ts';
import { countedValues, everyRow, quoted } from '../values-of.ts';

const rarest = 0.02;
const leastRows = 20;

/** A text without spaces around it, nor several in a row. */
export const tidied = (text: string): string => text.trim().replace(/\s+/g, ' ');

/** The frequent tidy texts of a column, by how they read in small letters. */
export function usualSpellings(column: ValueColumn): Map<string, string> {
  const usual = new Map<string, string>();
  for (const { text, count } of countedValues(column).toSorted((a, b) => a.count - b.count)) {
    if (count >= 10 && text.trim() !== '' && tidied(text) === text) usual.set(text.toLowerCase(), text);
  }
  return usual;
}

export default defineDetector({
  title: 'Spaces or capitals unlike the others',
  help: 'A text with spaces around it, or one that is another frequent value but for its capitals.',
  find: ({ table }) =>
    table.columns.flatMap((column) => {
      const filled = filledRows(column);
      const values = countedValues(column).filter(({ text }) => text.trim() !== '');
      if (filled < leastRows) return [];
      const usual = usualSpellings(column);
      const odd = values.flatMap(({ place, text, count }) => {
        const right = usual.get(tidied(text).toLowerCase());
        if (right !== undefined && right !== text && count * 10 <= filled) {
          return [
            {
              place,
              count,
              score: 0.85,
              reason: `differs from ${quoted(right)} in capitals or spaces alone`,
            },
          ];
        }
        return text === text.trim() ? [] : [{ place, count, score: 0.7, reason: 'has spaces around it' }];
      });
      const share = odd.reduce((sum, { count }) => sum + count, 0) / filled;
      return share > rarest
        ? []
        : everyRow(column, new Map(odd.map(({ place, score, reason }) => [place, { score, reason }])));
    }),
});
