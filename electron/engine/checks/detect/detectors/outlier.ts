import { defineDetector } from '../detector.ts';
import { farOff, isDated, numbersOf } from '../numbers-of.ts';
import { everyRow, isRare } from '../values-of.ts';

const leastRows = 20;
const rarest = 0.01;

export default defineDetector({
  title: 'Far from all others',
  help: 'A number or a date that lies far from where the others of its column lie, counted in median deviations, also on a logarithmic scale.',
  find: ({ table }) =>
    table.columns.flatMap((column) => {
      const numbers = numbersOf(column);
      const rows = numbers.reduce((sum, { count }) => sum + count, 0);
      if (rows < leastRows || numbers.length < 5) return [];
      const outside = farOff(numbers);
      const outsiders = outside.reduce((sum, { count }) => sum + count, 0);
      if (!isRare(outsiders, rows, rarest)) return [];
      return everyRow(
        column,
        new Map(
          outside.map((one) => {
            const score = Math.min(0.95, 0.5 + 0.05 * Math.max(0, one.distance - 3.5));
            const unit = isDated(column) ? 'usual distances' : 'median deviations';
            return [
              one.place,
              { score, reason: `${Math.round(one.distance)} ${unit} away from the middle of the column` },
            ];
          }),
        ),
      );
    }),
});
