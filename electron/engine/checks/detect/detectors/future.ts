import { defineDetector } from '../detector.ts';
import { isDated, numbersOf } from '../numbers-of.ts';
import { everyRow, percent } from '../values-of.ts';

const leastRows = 20;
const rarest = 0.02;

export default defineDetector({
  title: 'In the future among the past',
  help: 'Where nearly all dates are of the past, the few that are still to come are probably wrong.',
  find: ({ table, now }) =>
    table.columns.flatMap((column) => {
      const dates = isDated(column) ? numbersOf(column) : [];
      const rows = dates.reduce((sum, { count }) => sum + count, 0);
      const ahead = dates.filter(({ number }) => number > now.getTime());
      const share = ahead.reduce((sum, { count }) => sum + count, 0) / Math.max(1, rows);
      if (rows < leastRows || share > rarest) return [];
      const reason = `in the future; ${percent(1 - share)} of the column are past`;
      return everyRow(column, new Map(ahead.map(({ place }) => [place, { score: 0.85, reason }])));
    }),
});
