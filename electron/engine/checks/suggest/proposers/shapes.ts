import { filledRows } from '../../detect/columnar.ts';
import { formatTests } from '../../detect/format-tests.ts';
import { countedValues, percent } from '../../detect/values-of.ts';
import type { Proposer } from '../proposal.ts';

const leastRows = 40;
const least = 0.97;
const longest = 40;

/** A text by classes of characters: runs of capitals, small letters and digits with their lengths. */
const pieces = /[A-Z]+|[a-z]+|[0-9]+|[^A-Za-z0-9]/g;

const classOf = (piece: string): string => {
  if (/^[A-Z]/.test(piece)) return '[A-Z]';
  if (/^[a-z]/.test(piece)) return '[a-z]';
  if (/^[0-9]/.test(piece)) return '[0-9]';
  return piece.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&');
};

/** Codes of one shape, such as an article number: a pattern that all but a few have. Prose and lists of values have none. */
const shapes: Proposer = ({ table }) =>
  table.columns.flatMap((column) => {
    const filled = filledRows(column);
    if (!/^(text|character)/.test(column.type) || filled < leastRows || column.values.length < 20) return [];
    const values = countedValues(column).filter(({ text }) => text.length <= longest && /[0-9]/.test(text));
    const known = formatTests.some(([, { test }]) => values.slice(0, 20).every(({ text }) => test(text)));
    const shaped = new Map<string, { rows: number; lengths: (readonly [number, number])[] }>();
    for (const { text, count } of known ? [] : values) {
      const parts = text.match(pieces) ?? [];
      const key = parts.map(classOf).join('\u0000');
      const before = shaped.get(key);
      const lengths = parts.map(({ length }, at): readonly [number, number] => {
        const [low, high] = before?.lengths[at] ?? [length, length];
        return [Math.min(low, length), Math.max(high, length)];
      });
      shaped.set(key, { rows: (before?.rows ?? 0) + count, lengths });
    }
    const [first] = [...shaped].toSorted((a, b) => b[1].rows - a[1].rows);
    if (!first || first[1].rows < filled * least) return [];
    const [key, { rows, lengths }] = first;
    const classes = key.split('\u0000');
    if (classes.length > 12) return [];
    const pattern = `^${classes.map((of, at) => of + timesOf(of, lengths[at])).join('')}$`;
    const support = rows / filled;
    return [
      {
        kind: 'pattern',
        params: { column: column.name, pattern },
        reason: `${percent(support)} of the texts have one shape`,
        support,
        trust: 0.7 * support,
        shapes: column.name,
      },
    ];
  });

function timesOf(of: string, lengths: readonly [number, number] | undefined): string {
  const [low, high] = lengths ?? [1, 1];
  if (!of.startsWith('[')) return '';
  if (low === high) return low === 1 ? '' : `{${low}}`;
  return `{${low},${high}}`;
}

export default shapes;
