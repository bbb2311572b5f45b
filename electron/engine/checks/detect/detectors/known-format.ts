import { typeFamily } from '../../../../../shared/column.ts';
import { filledRows } from '../columnar.ts';
import { defineDetector } from '../detector.ts';
import { formatTests } from '../format-tests.ts';
import { countedValues, everyRow, percent } from '../values-of.ts';

const leastRows = 20;
const leastShare = 0.95;

export default defineDetector({
  title: 'Not of the form that the others have',
  help: 'Where nearly all texts are e-mail addresses, ISO codes, dates or of another known form, one that is not is probably wrong.',
  find: ({ table }) =>
    table.columns.flatMap((column) => {
      const filled = filledRows(column);
      if (typeFamily(column.type) !== 'text' || filled < leastRows) return [];
      const values = countedValues(column);
      for (const [, { title, test }] of formatTests) {
        const wrong = values.filter(({ text }) => !test(text));
        const share = 1 - wrong.reduce((sum, { count }) => sum + count, 0) / filled;
        if (share < leastShare) continue;
        const reason = `no valid ${title}, as ${percent(share)} of the column are`;
        return everyRow(column, new Map(wrong.map(({ place }) => [place, { score: 0.9, reason }])));
      }
      return [];
    }),
});
