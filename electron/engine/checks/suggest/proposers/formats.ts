import { filledRows } from '../../detect/columnar.ts';
import { formatTests } from '../../detect/format-tests.ts';
import { countedValues, percent } from '../../detect/values-of.ts';
import type { Proposer } from '../proposal.ts';

const leastShare = 0.95;
const leastRows = 20;

const formats: Proposer = ({ table }) =>
  table.columns.flatMap((column) => {
    const filled = filledRows(column);
    if (!/^(text|character)/.test(column.type) || filled < leastRows) return [];
    for (const [format, { title, test }] of formatTests) {
      const wrong = countedValues(column).filter(({ text }) => !test(text));
      const share = 1 - wrong.reduce((sum, { count }) => sum + count, 0) / filled;
      if (share < leastShare) continue;
      const reason = `${percent(share)} of the values are a valid ${title}`;
      return [
        {
          kind: 'format',
          params: { column: column.name, format },
          reason,
          support: share,
          trust: 0.95 * share,
          settles: column.name,
        },
      ];
    }
    return [];
  });

export default formats;
