import { dateOrders } from '../date-orders.ts';
import { defineDetector, type Suspicion } from '../detector.ts';
import { percent } from '../values-of.ts';

const leastRows = 50;
const leastAgreement = 0.985;

export default defineDetector({
  title: 'Dates in the wrong order',
  help: 'Where one date of a row is nearly always before another, the rows in which it is not are probably wrong.',
  find: ({ table }) =>
    dateOrders(table, leastRows, leastAgreement).flatMap(({ early, late, share, wrong }) => {
      const reason = `before ${early}, which in ${percent(share)} of the rows comes first`;
      return wrong.map((row): Suspicion => ({ row, column: late, score: 0.8, reason }));
    }),
});
