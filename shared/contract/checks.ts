import { z } from 'zod';
import type { CheckClass } from '../define-check.ts';
import type { Problem } from '../problem.ts';
import { call } from '../wire.ts';

/**
 * `error`: the rule could not be evaluated, because it, its table or its column is broken or gone.
 * `not evaluated`: there was nothing to evaluate it on, the table has no rows. Neither ever counts as a pass.
 */
export const verdicts = ['pass', 'warn', 'fail', 'error', 'not evaluated'] as const;
export type Verdict = (typeof verdicts)[number];

/** One rule on one table. A share of bad rows in percent above `warnAbove` warns, above `failAbove` fails. */
export const checkRule = z.object({
  id: z.string().regex(/^[A-Za-z_][\w-]*$/, 'letters, digits, _ and - only'),
  kind: z.string(),
  params: z.record(z.string(), z.unknown()).default({}),
  description: z.string().optional(),
  warnAbove: z.number().min(0).max(100).optional(),
  failAbove: z.number().min(0).max(100).default(0),
});

export type CheckRule = z.output<typeof checkRule>;

/** What a file says about one table. */
export interface TableChecks {
  readonly table: string;
  readonly file: string;
  readonly rules: readonly CheckRule[];
  /** Rules in the file that are for other engines: kept, not run. */
  readonly others: number;
  /** What in the file cannot be read, with lines; the rest counts. */
  readonly problems: readonly Problem[];
  /** The first of them. */
  readonly problem?: Problem;
}

/** One result of one rule. */
export interface Finding {
  readonly id: number;
  readonly check: string;
  readonly kind: string;
  readonly class: CheckClass;
  readonly table: string;
  readonly columns: readonly string[];
  readonly says: string;
  readonly verdict: Verdict;
  /** Share of rows that pass, in percent to two places; null where not evaluated. */
  readonly value: number | null;
  readonly rowsRead: number;
  readonly badRows: number;
  /** Why it was not evaluated or went wrong, or what differs in a schema check. */
  readonly reason: string | null;
  /** A SELECT of `_row` of every bad row; null for rules that do not look at rows. */
  readonly sql: string | null;
  readonly ms: number;
  readonly at: string;
}

export interface CheckResult {
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  /** Rules that are written down and could not be read; where there is one, the verdict is at least `error`. */
  readonly problems: readonly Problem[];
}

export const checks = {
  list: call(z.object({})).returns<readonly TableChecks[]>(),
  /** Writes the rules of one table; none removes its file, unless other things are written in it. */
  save: call(z.object({ table: z.string().min(1), rules: z.array(checkRule) })).returns<TableChecks>(),
  /** Runs the rules of these tables (default: of all), or only the named rules. */
  run: call(
    z.object({ tables: z.array(z.string()).optional(), ids: z.array(z.string()).optional() }),
  ).returns<CheckResult>(),
  /** What a rule would find now; nothing is kept, so the finding has no id (0). */
  attempt: call(z.object({ table: z.string(), rule: checkRule })).returns<Finding>(),
  /** The latest finding of every rule. */
  latest: call(z.object({ table: z.string().optional() })).returns<readonly Finding[]>(),
  /** Earlier findings of one rule, newest first. */
  history: call(
    z.object({
      table: z.string(),
      check: z.string(),
      limit: z.number().int().min(1).max(10_000).default(200),
    }),
  ).returns<readonly Finding[]>(),
};
