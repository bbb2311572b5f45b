import type { CheckRule, Verdict } from '../../../shared/contract/checks.ts';
import type { Bounds, Metric } from '../../../shared/define-check.ts';
import { measured } from '../../../shared/finding-words.ts';
import { onlyWarns } from '../../../shared/never-fails.ts';
import { nextAbove, nextBelow, writtenBeside } from '../../../shared/next-number.ts';

/** The verdict of a rule that counted bad rows. */
export function verdictOf(bad: number, of: number, rule: CheckRule): Verdict {
  const { warnAbove, failAbove, limitsIn } = rule;
  const counted = limitsIn === 'rows' ? bad : of === 0 ? 0 : (100 * bad) / of;
  if (counted > failAbove) return 'fail';
  return warnAbove !== undefined && counted > warnAbove ? 'warn' : 'pass';
}

/** The verdict of a rule that measured a value. */
export function verdictOfValue(value: number | bigint, metric: Metric, rule: CheckRule): Verdict {
  if (isOutside(value, metric.fails)) return onlyWarns(rule) ? 'warn' : 'fail';
  return isOutside(value, metric.warns ?? {}) ? 'warn' : 'pass';
}

/** JavaScript compares whole numbers of any size with others exactly. */
const isOutside = (value: number | bigint, { min, max }: Bounds) =>
  (min !== undefined && value < min) || (max !== undefined && value > max);

/** What a value was held against and did not keep, in words. */
export function breachOf(value: number | bigint, { fails, warns = {} }: Metric, unit: string): string | null {
  const broken = [fails, warns].find((bounds) => isOutside(value, bounds));
  if (!broken) return null;
  const low = broken.min !== undefined && value < broken.min;
  const limit = (low ? broken.min : broken.max) ?? 0;
  const beside = writtenBeside(limit, low ? nextBelow : nextAbove);
  const is = `It is ${measured(value, unit)}`;
  if (beside !== undefined) return `${is}, not ${low ? 'more' : 'less'} than ${measured(beside, unit)}.`;
  return `${is}, ${low ? 'less' : 'more'} than ${measured(limit, unit)}.`;
}

const worstFirst: readonly Verdict[] = ['fail', 'error', 'warn', 'not evaluated', 'pass'];

/** The verdict of several: the worst of them; of none, that nothing was evaluated. */
export const overall = (verdicts: readonly Verdict[]): Verdict =>
  worstFirst.find((verdict) => verdicts.includes(verdict)) ?? 'not evaluated';

/** The share of rows that pass, in percent to two places: never 100 where one breaks the rule, never 0 where one keeps it. */
export function passRate(bad: number, of: number): number | null {
  if (of === 0) return null;
  const rounded = Math.round((10_000 * (of - bad)) / of) / 100;
  if (bad > 0 && rounded === 100) return 99.99;
  return bad < of && rounded === 0 ? 0.01 : rounded;
}
