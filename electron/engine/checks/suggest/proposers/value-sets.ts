import { filledRows } from '../../detect/columnar.ts';
import { countedValues, percent } from '../../detect/values-of.ts';
import type { Proposer } from '../proposal.ts';

const mostValues = 30;
const leastCovered = 0.97;
const leastRows = 40;

const valueSets: Proposer = ({ table }) =>
  table.columns.flatMap((column) => {
    const filled = filledRows(column);
    if (!/^(text|character)/.test(column.type) || filled < leastRows) return [];
    const often = Math.max(5, filled / 500);
    const usual = countedValues(column)
      .filter(({ count, text }) => count >= often && text.trim() !== '' && text.length <= 60)
      .toSorted((a, b) => b.count - a.count);
    const covered = usual.reduce((sum, { count }) => sum + count, 0) / filled;
    if (usual.length === 0 || usual.length > mostValues || covered < leastCovered) return [];
    const rare = column.values.length - usual.length;
    // Many rare values beside the usual ones are a column of another sort, in which rare is not wrong.
    if (rare > usual.length * 2) return [];
    return [
      {
        kind: 'accepted_values',
        params: { column: column.name, values: usual.map(({ text }) => text) },
        reason: `${usual.length === 1 ? 'one value makes' : `${usual.length} values make`} up ${percent(covered)} of the column${rare > 0 ? `, ${rare === 1 ? 'another is' : `${rare} others are`} rare` : ''}`,
        support: covered,
        trust: 0.6 + 0.3 * Math.min(1, filled / usual.length / 50),
        settles: column.name,
      },
    ];
  });

export default valueSets;
