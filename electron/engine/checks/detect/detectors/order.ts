import { defineDetector, type Suspicion } from '../detector.ts';
import { isDated, numbersOf } from '../numbers-of.ts';
import { percent } from '../values-of.ts';

const leastRows = 50;
const leastAgreement = 0.985;

export default defineDetector({
  title: 'Dates in the wrong order',
  help: 'Where one date of a row is nearly always before another, the rows in which it is not are probably wrong.',
  find: ({ table }) => {
    const dated = table.columns
      .filter(isDated)
      .slice(0, 20)
      .map((column) => ({
        column,
        at: new Map(numbersOf(column).map(({ place, number }) => [place, number])),
      }));
    return dated.flatMap((early) =>
      dated.flatMap((late) => {
        if (early === late) return [];
        const wrong: number[] = [];
        let rows = 0;
        let apart = 0;
        for (let row = 0; row < table.rows.length; row++) {
          const from = early.at.get(early.column.codes[row] ?? -1);
          const to = late.at.get(late.column.codes[row] ?? -1);
          if (from === undefined || to === undefined) continue;
          rows++;
          if (from < to) apart++;
          if (from > to) wrong.push(row);
        }
        const agreement = 1 - wrong.length / Math.max(1, rows);
        if (rows < leastRows || agreement < leastAgreement || apart < rows / 2) return [];
        const reason = `before ${early.column.name}, which in ${percent(agreement)} of the rows comes first`;
        return wrong.map((row): Suspicion => ({ row, column: late.column.name, score: 0.8, reason }));
      }),
    );
  },
});
