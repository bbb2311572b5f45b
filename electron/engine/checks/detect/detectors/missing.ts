import { filledRows } from '../columnar.ts';
import { defineDetector, type Suspicion } from '../detector.ts';
import { countedValues, everyRow, isRare, percent, quoted } from '../values-of.ts';

const leastRows = 50;
const rarest = 0.01;

/** What people type into a cell for want of a value, as it stands in the data that is looked at. */
const markers =
  /^(|\s+|-+|\?+|\.+|n\/?a|n\.a\.|null|nil|none|nan|unknown|missing|undefined|tbd|todo|xxx+|#n\/a|9999-12-31|1900-01-01)$/i;

/** True for a text that people write where there is nothing to write. */
export const standsForNothing = (text: string): boolean => markers.test(text);

export default defineDetector({
  title: 'Missing where others are filled',
  help: 'Where nearly every row has a value, an empty cell, or a word that stands for nothing, is probably wrong.',
  find: ({ table }) =>
    table.columns.flatMap((column) => {
      const rows = table.rows.length;
      const marked = countedValues(column).filter(({ text }) => standsForNothing(text));
      const missing = rows - filledRows(column) + marked.reduce((sum, { count }) => sum + count, 0);
      if (rows < leastRows || missing === 0 || !isRare(missing, rows, rarest)) return [];
      const others = `${percent(1 - missing / rows)} of the rows have a value`;
      const empty: Suspicion[] = [];
      for (let row = 0; row < rows; row++) {
        if (column.codes[row] === -1)
          empty.push({ row, column: column.name, score: 0.65, reason: `empty; ${others}` });
      }
      const words = marked.map(
        ({ place, text }) =>
          [place, { score: 0.75, reason: `${quoted(text)} stands for nothing; ${others}` }] as const,
      );
      return [...empty, ...everyRow(column, new Map(words))];
    }),
});
