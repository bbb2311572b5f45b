import { isNumeric } from '../../../../../shared/column.ts';
import { ident, sql, toText } from '../../../../../shared/sql.ts';
import type { ValueColumn } from '../../detect/columnar.ts';
import { percent } from '../../detect/values-of.ts';
import type { Proposal, Proposer } from '../proposal.ts';

const sampleRows = 2_000;
const leastRows = 30;
const least = 0.97;
const mostColumns = 8;
const tolerance = 0.011;

type Series = { readonly name: string; readonly numbers: Float64Array };

/** Forms that people compute with, as a function and as SQL: sums, products, and a product less a percentage. */
const arithmetic: Proposer = ({ table }) => {
  const series = table.columns
    .filter((column) => isNumeric(column.type) && column.values.length > 3)
    .slice(0, mostColumns)
    .map((column) => seriesOf(column, Math.min(table.rows.length, sampleRows)));
  const totals = series.filter(
    ({ numbers }) => numbers.some((n) => !Number.isInteger(n)) || series.length > 2,
  );
  return totals.flatMap((total) => {
    const parts = series.filter((other) => other !== total);
    return best([...sumsOf(total, parts), ...productsOf(total, parts)]);
  });
};

function seriesOf({ name, values, codes }: ValueColumn, rows: number): Series {
  const numbers = new Float64Array(rows);
  for (let row = 0; row < rows; row++) numbers[row] = Number(values[codes[row] ?? -1] ?? Number.NaN);
  return { name, numbers };
}

/** Of several that fit, the one that fits best. */
const best = (found: readonly Proposal[]): readonly Proposal[] =>
  found.toSorted((a, b) => b.support - a.support).slice(0, 1);

function sumsOf(total: Series, parts: readonly Series[]): Proposal[] {
  return parts.flatMap((a, at) =>
    parts.slice(at + 1).flatMap((b) => {
      const support = agreement(total, [a, b], ([x = 0, y = 0]) => x + y);
      if (support < least) return [];
      const params = { parts: [a.name, b.name], total: total.name, tolerance: 0.01 };
      return [proposal('sum_of_columns', params, `${a.name} + ${b.name}`, total, support)];
    }),
  );
}

function productsOf(total: Series, parts: readonly Series[]): Proposal[] {
  const [t, of] = [ident(total.name), (one: Series) => ident(one.name)];
  return parts.flatMap((a, at) =>
    parts.slice(at + 1).flatMap((b) => {
      const plain = agreement(total, [a, b], ([x = 0, y = 0]) => x * y);
      const condition = toText(sql`abs(${t} - ${of(a)} * ${of(b)}) <= 0.01`);
      const products =
        plain >= least
          ? [proposal('business_rule', { condition }, `${a.name} × ${b.name}`, total, plain)]
          : [];
      const lessened = parts.flatMap((d) => {
        if (d === a || d === b) return [];
        const support = agreement(total, [a, b, d], ([x = 0, y = 0, z = 0]) => (x * y * (100 - z)) / 100);
        if (support < least || support <= plain) return [];
        const less = toText(sql`abs(${t} - ${of(a)} * ${of(b)} * (100 - ${of(d)}) / 100) <= 0.01`);
        const words = `${a.name} × ${b.name} less ${d.name} per cent`;
        return [proposal('business_rule', { condition: less }, words, total, support)];
      });
      return [...products, ...lessened];
    }),
  );
}

/** Share of the rows in which it comes out; nothing where too few rows have all, or where it is so for want of numbers. */
function agreement(
  total: Series,
  parts: readonly Series[],
  of: (numbers: readonly number[]) => number,
): number {
  let [rows, right, telling] = [0, 0, 0];
  for (let row = 0; row < total.numbers.length; row++) {
    const numbers = parts.map(({ numbers: all }) => all[row] ?? Number.NaN);
    const difference = Math.abs(of(numbers) - (total.numbers[row] ?? Number.NaN));
    if (Number.isNaN(difference)) continue;
    rows++;
    if (numbers.every((n) => n !== 0 && n !== 1)) telling++;
    if (difference <= tolerance) right++;
    if (rows === 200 && right < 180) return 0;
  }
  return rows < leastRows || telling < rows / 5 ? 0 : right / rows;
}

const proposal = (
  kind: string,
  params: Readonly<Record<string, unknown>>,
  words: string,
  total: Series,
  support: number,
): Proposal => ({
  kind,
  params,
  reason: `in ${percent(support)} of the rows, ${total.name} is ${words}`,
  support,
  trust: 0.92,
});

export default arithmetic;
