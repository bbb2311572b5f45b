import { isDated, numbersOf } from '../../detect/numbers-of.ts';
import { percent } from '../../detect/values-of.ts';
import type { Proposer } from '../proposal.ts';

const leastRows = 20;
const least = 0.98;

const dateOrder: Proposer = ({ table }) => {
  const dated = table.columns
    .filter(isDated)
    .slice(0, 20)
    .map((column) => ({
      column,
      at: new Map(numbersOf(column).map(({ place, number }) => [place, number])),
    }));
  return dated.flatMap((early) =>
    dated.flatMap((late) => {
      let [rows, apart, wrong] = [0, 0, 0];
      for (let row = 0; row < table.rows.length; row++) {
        const from = early.at.get(early.column.codes[row] ?? -1);
        const to = late.at.get(late.column.codes[row] ?? -1);
        if (from === undefined || to === undefined) continue;
        rows++;
        if (from < to) apart++;
        if (from > to) wrong++;
      }
      const share = 1 - wrong / Math.max(1, rows);
      if (early === late || rows < leastRows || share < least || apart < rows / 2) return [];
      return [
        {
          kind: 'compare_columns',
          params: { column: early.column.name, operator: '<=', other: late.column.name },
          reason: `in ${percent(share)} of the rows that have both, ${early.column.name} comes first`,
          support: share,
          trust: wrong > 0 ? 0.9 : 0.7,
        },
      ];
    }),
  );
};

export default dateOrder;
