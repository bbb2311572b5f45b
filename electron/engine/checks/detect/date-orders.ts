import type { ColumnarTable } from './columnar.ts';
import { isDated, numbersOf } from './numbers-of.ts';

const mostColumns = 20;

/** Two columns of dates of which one usually comes first. */
export interface DateOrder {
  readonly early: string;
  readonly late: string;
  /** How many rows have both. */
  readonly rows: number;
  /** The share of them in which the early one is not after the late one. */
  readonly share: number;
  /** Places of the rows in which it is. */
  readonly wrong: readonly number[];
}

/** Every pair of columns of dates of which one is mostly before the other, and in at least `least` of the rows not after it. */
export function dateOrders(table: ColumnarTable, leastRows: number, least: number): readonly DateOrder[] {
  const dated = table.columns
    .filter(isDated)
    .slice(0, mostColumns)
    .map(({ name, codes, ...column }) => {
      const numbers = new Map(
        numbersOf({ name, codes, ...column }).map(({ place, number }) => [place, number]),
      );
      return { name, at: (row: number) => numbers.get(codes[row] ?? -1) };
    });
  return dated.flatMap((early) =>
    dated.flatMap((late) => {
      if (early === late) return [];
      const { apart, ...order } = comparedBy(table.rows.length, early.at, late.at);
      if (order.rows < leastRows || order.share < least || apart < order.rows / 2) return [];
      return [{ early: early.name, late: late.name, ...order }];
    }),
  );
}

type At = (row: number) => number | undefined;

function comparedBy(length: number, early: At, late: At) {
  const wrong: number[] = [];
  let [rows, apart] = [0, 0];
  for (let row = 0; row < length; row++) {
    const [from, to] = [early(row), late(row)];
    if (from === undefined || to === undefined) continue;
    rows++;
    if (from < to) apart++;
    if (from > to) wrong.push(row);
  }
  return { rows, apart, wrong, share: 1 - wrong.length / Math.max(1, rows) };
}
