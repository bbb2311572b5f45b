import { defineDetector } from '../detector.ts';
import { isDated, numbersOf } from '../numbers-of.ts';
import { everyRow, percent } from '../values-of.ts';

const leastRows = 50;
const rarest = 0.01;

export default defineDetector({
  title: 'Negative or zero among positives',
  help: 'Where nearly all numbers are positive, the few that are negative or zero are probably wrong.',
  find: ({ table }) =>
    table.columns.flatMap((column) => {
      const numbers = isDated(column) ? [] : numbersOf(column);
      const rows = numbers.reduce((sum, { count }) => sum + count, 0);
      if (rows < leastRows) return [];
      const share = (of: (number: number) => boolean) =>
        numbers.filter(({ number }) => of(number)).reduce((sum, { count }) => sum + count, 0) / rows;
      const [below, zero] = [share((number) => number < 0), share((number) => number === 0)];
      const odd = (number: number) =>
        (number < 0 && below <= rarest) || (number === 0 && zero > 0 && zero + below <= rarest);
      const reason = `${percent(1 - below - (zero <= rarest ? zero : 0))} of the column are above${zero > rarest ? ' or at' : ''} zero`;
      const wrong = numbers.filter(({ number }) => odd(number));
      return everyRow(column, new Map(wrong.map(({ place }) => [place, { score: 0.8, reason }])));
    }),
});
