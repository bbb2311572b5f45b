import type { ValueColumn } from '../../detect/columnar.ts';
import { percent } from '../../detect/values-of.ts';
import {
  distinctShare,
  filledShare,
  isKeyLike,
  leastRows,
  type Proposal,
  type Proposer,
} from '../proposal.ts';

const keys: Proposer = ({ table }) => {
  const single = table.columns.filter(isKeyLike);
  if (single.length > 0) return single.map((column) => keyOf([column], distinctShare(column)));
  return pairs(table.columns, table.rows.length);
};

const keyOf = (columns: readonly ValueColumn[], share: number): Proposal => ({
  kind: 'unique',
  params: { columns: columns.map(({ name }) => name) },
  reason: `${percent(share)} of the rows have a value of their own in ${columns.map(({ name }) => name).join(' with ')}`,
  support: share,
  trust: 0.95 * share,
});

/** Where no column names a row, two together may: an order and its line. */
function pairs(columns: readonly ValueColumn[], rows: number): Proposal[] {
  const usable = columns
    .filter(
      (column) => /^(smallint|integer|bigint|uuid|text|date)/.test(column.type) && filledShare(column) > 0.99,
    )
    .slice(0, 12);
  if (rows < leastRows) return [];
  for (const [at, one] of usable.entries()) {
    for (const other of usable.slice(at + 1)) {
      if (one.values.length * other.values.length < rows) continue;
      const seen = new Map<number, number>();
      for (let row = 0; row < rows; row++) {
        const key = (one.codes[row] ?? -1) * (other.values.length + 1) + (other.codes[row] ?? -1);
        seen.set(key, (seen.get(key) ?? 0) + 1);
      }
      const alone = [...seen.values()].filter((count) => count === 1).length / rows;
      if (alone >= 0.995) return [keyOf([one, other], alone)];
    }
  }
  return [];
}

export default keys;
