import { typeFamily } from '../../../../../shared/column.ts';
import { filledRows } from '../columnar.ts';
import { defineDetector } from '../detector.ts';
import { countedValues, everyRow, percent, quoted } from '../values-of.ts';

const leastRows = 50;
const leastDistinct = 0.99;
/** Prose is distinct without being a key. */
const longestKey = 40;

export default defineDetector({
  title: 'Repeated among unique values',
  help: 'Where nearly every row has a value of its own, as a number that names it, the few rows that share one are probably wrong.',
  find: ({ table }) =>
    table.columns.flatMap((column) => {
      const filled = filledRows(column);
      const keyed = ['integer', 'text', 'uuid'].includes(typeFamily(column.type));
      if (!keyed || filled < leastRows || filled < table.rows.length * 0.99) return [];
      const values = countedValues(column);
      if (values.some(({ text }) => text.length > longestKey)) return [];
      const repeated = values.filter(({ count }) => count > 1);
      const distinct = 1 - repeated.reduce((sum, { count }) => sum + count, 0) / filled;
      if (distinct < leastDistinct) return [];
      return everyRow(
        column,
        new Map(
          repeated.map(({ place, text, count }) => [
            place,
            {
              score: 0.7,
              reason: `${quoted(text)} is there ${count} times; ${percent(distinct)} of the rows have a value of their own`,
            },
          ]),
        ),
      );
    }),
});
