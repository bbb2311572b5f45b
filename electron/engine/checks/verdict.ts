import type { CheckRule, Verdict } from '../../../shared/contract/checks.ts';

/** The verdict of a rule that was evaluated. */
export function verdictOf(bad: number, of: number, { warnAbove, failAbove }: CheckRule): Verdict {
  const share = of === 0 ? 0 : (100 * bad) / of;
  if (share > failAbove) return 'fail';
  return warnAbove !== undefined && share > warnAbove ? 'warn' : 'pass';
}

const worstFirst: readonly Verdict[] = ['fail', 'error', 'warn', 'not evaluated', 'pass'];

/** The verdict of several: the worst of them; of none, that nothing was evaluated. */
export const overall = (verdicts: readonly Verdict[]): Verdict =>
  worstFirst.find((verdict) => verdicts.includes(verdict)) ?? 'not evaluated';

/** The share of rows that pass, in percent to two places. */
export const passRate = (bad: number, of: number): number | null =>
  of === 0 ? null : Math.round((10_000 * (of - bad)) / of) / 100;
