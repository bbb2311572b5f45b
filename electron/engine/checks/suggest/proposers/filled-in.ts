import { count } from '../../../../../shared/number-words.ts';
import { percent } from '../../detect/values-of.ts';
import { filledShare, leastRows, type Proposer } from '../proposal.ts';

const least = 0.98;

const filledIn: Proposer = ({ table }) =>
  table.columns.flatMap((column) => {
    const rows = table.rows.length;
    const text = /^(text|character)/.test(column.type);
    const blank = text ? (column.counts[column.values.indexOf('')] ?? 0) / Math.max(1, rows) : 0;
    const share = filledShare(column) - blank;
    if (rows < leastRows || share < least) return [];
    return [
      {
        kind: 'not_null',
        params: { column: column.name, emptyToo: text },
        reason: `${percent(share)} of ${count(rows)} rows have a value`,
        support: share,
        trust: share === 1 ? 0.8 : 0.85 * share,
      },
    ];
  });

export default filledIn;
