import type { Outcome } from './outcome.ts';

/** What was there before a plan: rows are told to be of an earlier run, a failure is over. */
export function beforePlan(before: Outcome): Outcome {
  if (before.status === 'done') return { ...before, earlier: true };
  return before.status === 'failed' ? { status: 'none' } : before;
}
