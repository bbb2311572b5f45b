import { defineDetector } from '../detector.ts';
import { isDated, middleOf, type Numbered, numbersOf } from '../numbers-of.ts';
import { everyRow, isRare } from '../values-of.ts';

const leastRows = 20;
/** So many median deviations from the middle. */
const far = 7;
const rarest = 0.01;

/** Distances count in the scale in which they are smallest, so that long tails are no outliers. */
function distances(numbers: readonly Numbered[]): (number: number) => number {
  const plain = middleOf(numbers);
  const scales = [{ ...plain, of: (number: number) => number }];
  if (numbers.every(({ number }) => number >= 0)) {
    const of = (number: number) => Math.log(number + 1);
    scales.push({ ...middleOf(numbers.map((one) => ({ ...one, number: of(one.number) }))), of });
  }
  const usable = scales.filter(({ spread }) => spread > 0);
  return (number) =>
    usable.length === 0
      ? 0
      : Math.min(...usable.map(({ middle, spread, of }) => Math.abs(of(number) - middle) / spread));
}

export default defineDetector({
  title: 'Far from all others',
  help: 'A number or a date that lies far from where the others of its column lie, counted in median deviations, also on a logarithmic scale.',
  find: ({ table }) =>
    table.columns.flatMap((column) => {
      const numbers = numbersOf(column);
      const rows = numbers.reduce((sum, { count }) => sum + count, 0);
      if (rows < leastRows || numbers.length < 5) return [];
      const distance = distances(numbers);
      const outside = numbers
        .map((one) => ({ ...one, distance: distance(one.number) }))
        .filter((one) => one.distance > far);
      const outsiders = outside.reduce((sum, { count }) => sum + count, 0);
      if (!isRare(outsiders, rows, rarest)) return [];
      return everyRow(
        column,
        new Map(
          outside.map((one) => {
            const score = Math.min(0.95, 0.5 + 0.04 * (one.distance - far));
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
