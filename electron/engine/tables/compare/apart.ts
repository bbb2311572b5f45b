import type { ComparedValues } from '../../../../shared/contract/comparison.ts';

/** How many rows a side has, and how many of them have no value. */
interface Whole {
  readonly rows: number;
  readonly nulls: number;
}

/**
 * How far two distributions are apart: half of all differences in share. 0 where both are spread alike, 1 where they have
 * nothing in common; nothing where one side has no rows.
 */
export function apart(values: ComparedValues, before: Whole, now: Whole): number | null {
  if (before.rows === 0 || now.rows === 0) return null;
  const [old, fresh] =
    values.of === 'steps'
      ? [values.before, values.now]
      : [values.values.map((one) => one.before), values.values.map((one) => one.now)];
  const [p, q] = [sharesOf(old, before), sharesOf(fresh, now)];
  return p.reduce((sum, share, at) => sum + Math.abs(share - (q[at] ?? 0)), 0) / 2;
}

/** The shares of what was counted, of nulls, and of all others. */
function sharesOf(counts: readonly number[], { rows, nulls }: Whole): readonly number[] {
  const others = rows - nulls - counts.reduce((sum, n) => sum + n, 0);
  return [...counts, nulls, others].map((n) => n / rows);
}
