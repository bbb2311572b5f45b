import { z } from 'zod';
import type { Column } from '../column.ts';
import type { Bounds, CheckClass } from '../define-check.ts';
import type { Problem } from '../problem.ts';
import { call } from '../wire.ts';
import { type CheckedRows, checkedRows } from './checked-rows.ts';
import { monitorCalls } from './monitors.ts';
import { repairCalls } from './repairs.ts';

/**
 * `error`: the rule could not be evaluated, because it, its table or its column is broken or gone.
 * `not evaluated`: there was nothing to evaluate it on: no rows, none that it can say something about, too little history. Neither ever counts as a pass.
 */
export const verdicts = ['pass', 'warn', 'fail', 'error', 'not evaluated'] as const;
export type Verdict = (typeof verdicts)[number];

/** How bad rows are counted against the limits. */
export const limitUnits = ['percent', 'rows'] as const;

/**
 * One rule on one table, on those rows that meet `where`. Bad rows above `warnAbove` warn, above `failAbove` fail: a share
 * of the rows that it can judge in percent, or a number where `limitsIn` says `rows`. Kinds that measure have limits of their own among the parameters;
 * they only warn where `failAbove` is 100.
 */
export const checkRule = z.object({
  id: z.string().regex(/^[A-Za-z_][\w-]*$/, 'letters, digits, _ and - only'),
  kind: z.string(),
  params: z.record(z.string(), z.unknown()).default({}),
  description: z.string().optional(),
  /** Who is asked about it. */
  owner: z.string().optional(),
  /** What people have to say about it: known cases, decisions. */
  notes: z.string().optional(),
  /** An SQL condition. */
  where: z.string().optional(),
  limitsIn: z.enum(limitUnits).optional(),
  warnAbove: z.number().min(0).optional(),
  failAbove: z.number().min(0).default(0),
  /** Seconds after which it is stopped, and an error. */
  timeLimit: z.number().positive().max(86_400).optional(),
});

export type CheckRule = z.output<typeof checkRule>;

/** What a file says about a column. */
export interface DescribedColumn {
  readonly name: string;
  readonly description?: string;
  /** The type that it promises (ODCS: physicalType). */
  readonly type?: string;
  /** True where it says `private: true`, or its classification (ODCS) is private, confidential or restricted: its values are shown to nobody else. */
  readonly private: boolean;
}

/** What a file says about one table. */
export interface TableChecks {
  readonly table: string;
  /** Where its rows come from, where it is no table. */
  readonly of?: CheckedRows;
  readonly file: string;
  readonly description?: string;
  /** The columns that the file names. */
  readonly columns: readonly DescribedColumn[];
  readonly rules: readonly CheckRule[];
  /** Rules in the file that are for other engines: kept, not run. */
  readonly others: number;
  /** What the file says of values and Assay does not evaluate, with lines. */
  readonly unevaluated?: readonly string[];
  /** What in the file cannot be read, with lines; the rest counts. */
  readonly problems: readonly Problem[];
  /** The first of them. */
  readonly problem?: Problem;
  /** True where nothing of the file is known, not even which columns are private. */
  readonly unreadable?: boolean;
}

/** A bad row as it was when it was found: the cells that the rule is about, as text. */
export interface SampleRow {
  readonly row: number;
  readonly cells: Readonly<Record<string, string | null>>;
  /** Those of them that break the rule, where not all do. */
  readonly bad?: readonly string[];
}

/** One result of one rule. */
export interface Finding {
  readonly id: number;
  readonly check: string;
  readonly kind: string;
  readonly class: CheckClass;
  readonly table: string;
  /** The SELECT whose rows were checked, numbered; null for a table. */
  readonly relation: string | null;
  readonly columns: readonly string[];
  readonly says: string;
  readonly verdict: Verdict;
  /** Share of rows that pass, in percent to two places, or what the rule measures; null where not evaluated. */
  readonly value: number | null;
  /** What a measured value counts, perhaps nothing (''); null for a share of rows. */
  readonly unit: string | null;
  /** What a measured value was held against. */
  readonly bounds: { readonly fails: Bounds; readonly warns: Bounds } | null;
  readonly rowsRead: number;
  /** Those of them that the rule could say something about: shares in percent are of these. */
  readonly rowsJudged: number;
  readonly badRows: number;
  /** Why it was not evaluated or went wrong, or what differs in a schema check. */
  readonly reason: string | null;
  /** Some of the bad rows as they were. */
  readonly sample: readonly SampleRow[];
  /** A SELECT of `_row` of every bad row, or of the measured value; null for rules on columns alone. */
  readonly sql: string | null;
  readonly ms: number;
  readonly at: string;
}

export interface CheckResult {
  readonly verdict: Verdict;
  readonly findings: readonly Finding[];
  /** Rules that are written down and could not be read; where there is one, the verdict is at least `error`. */
  readonly problems: readonly Problem[];
  /** Rules in the same files that are for other engines, and were not run. */
  readonly others: number;
  /** What the same files say of values and Assay does not evaluate, with lines. */
  readonly unevaluated: readonly string[];
}

/** A cell that is probably wrong. */
export interface SuspectCell {
  /** The row's address, its `_row`. */
  readonly row: number;
  readonly column: string;
  /** How likely: 0 to 1. */
  readonly score: number;
  readonly reason: string;
}

/** Cells of a table that are probably wrong, the likeliest first. */
export interface Detected {
  readonly table: string;
  readonly rows: number;
  /** Fewer than `rows` where a very large table was sampled. */
  readonly rowsRead: number;
  readonly cells: readonly SuspectCell[];
}

/** How a rule would have gone on the loads before the one that is there now. */
export interface FormerLoads {
  readonly loads: number;
  /** Of so many of them it can be told from what is remembered. */
  readonly told: number;
  readonly failed: number;
}

/** A rule that the data suggests, and what it would find now. */
export interface Suggestion {
  readonly table: string;
  readonly rule: CheckRule;
  readonly says: string;
  readonly class: CheckClass;
  /** Why, in words for people. */
  readonly reason: string;
  /** Share of the rows that speak for it. */
  readonly support: number;
  readonly former: FormerLoads;
  /** How likely a row that breaks it is an error: suggestions come with the highest first. */
  readonly rank: number;
  /** What it would say of the data as it is. */
  readonly verdict: Verdict;
  readonly badRows: number;
  readonly rowsRead: number;
  readonly rowsJudged: number;
  readonly value: number | null;
  readonly unit: string | null;
}

export interface Suggested {
  readonly suggestions: readonly Suggestion[];
  /** Suspect cells of the same tables, the likeliest first of each. */
  readonly cells: readonly (SuspectCell & { readonly table: string })[];
  /** Tables that were left out, because their files cannot be read: which of their columns are private is not known. */
  readonly problems: readonly Problem[];
}

export const checks = {
  ...repairCalls,
  ...monitorCalls,
  list: call(z.object({})).returns<readonly TableChecks[]>(),
  /** Writes the rules of one table, or of other rows under a name of their own; none removes its file, unless other things are written in it. */
  save: call(
    z.object({ table: z.string().min(1), of: checkedRows.optional(), rules: z.array(checkRule) }),
  ).returns<TableChecks>(),
  /** The columns of rows that are no table. */
  columns: call(z.object({ of: checkedRows })).returns<readonly Column[]>(),
  /** The columns of a table whose values no report shows, because they are private or made of such. */
  hidden: call(z.object({ table: z.string() })).returns<readonly string[]>(),
  /** Runs the rules of these tables (default: of all), or only the named rules. */
  run: call(
    z.object({ tables: z.array(z.string()).optional(), ids: z.array(z.string()).optional() }),
  ).returns<CheckResult>(),
  /** Gives up a run that began by itself, which the event `task` numbered. */
  stop: call(z.object({ task: z.number().int() })).returns<null>(),
  /** What a rule would find now; nothing is kept, so the finding has no id (0). */
  attempt: call(z.object({ table: z.string(), rule: checkRule })).returns<Finding>(),
  /** Cells that are probably wrong, found without any rule; those with a score of at least `least` (0.5). */
  detect: call(
    z.object({ table: z.string(), least: z.number().min(0).max(1).optional() }),
  ).returns<Detected>(),
  /** Rules that the data of these tables (default: of all) suggests, without those that are there or were rejected. */
  suggest: call(z.object({ tables: z.array(z.string()).optional() })).returns<Suggested>(),
  /** Remembers that a suggestion is not wanted; `undo` forgets it. */
  reject: call(
    z.object({
      table: z.string(),
      kind: z.string(),
      params: z.record(z.string(), z.unknown()),
      undo: z.boolean().optional(),
    }),
  ).returns<null>(),
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
