import type { CheckRule } from '../../../shared/contract/checks.ts';
import type { Problem } from '../../../shared/problem.ts';
import { type Sql, sql, toText } from '../../../shared/sql.ts';
import {
  type Count,
  countAlone,
  countRows,
  countTogether,
  type MeasuredValue,
  measureValue,
} from './count-bad-rows.ts';
import { someJudged } from './judged-rows.ts';
import { type Counting, failure, usualLimit } from './limited-turn.ts';
import type { RulePlan } from './plan-rule.ts';

/** A rule with the way it is evaluated. */
export interface Planned {
  readonly rule: CheckRule;
  readonly plan: RulePlan;
}

/** What came of evaluating a rule. */
export type Measured = {
  readonly ms: number;
} /** `nothing`: why no row could be judged, where that is so. */ & (
  | { readonly count: Count; readonly nothing?: string | undefined }
  | (MeasuredValue & { readonly rows: number })
  | { readonly problem: Problem }
);

/** Seconds that a rule may take. */
export const secondsOf = ({ timeLimit }: CheckRule): number => timeLimit ?? usualLimit;

/** Counts rows and bad rows and measures values: conditions on rows in one pass, the rest one by one. What is found stands in `measured` as it comes. */
export async function measureRules(
  counting: Counting,
  planned: readonly Planned[],
  step: (rules: number) => void,
  measured: Map<Planned, Measured>,
): Promise<void> {
  const rows = new RowCounts(counting);
  await measureRows(counting, planned, measured, rows, step);
  for (const one of planned.filter(({ plan }) => plan.by !== 'row')) {
    const began = performance.now();
    const found = await measureAlone(counting, one, rows);
    if (found) measured.set(one, { ...found, ms: performance.now() - began });
    step(1);
  }
}

/**
 * A rule that no row breaks has to have looked at some: where all lack a value, say, nothing was evaluated. `most`: seconds
 * that this may take for each.
 */
export async function withoutVacuous(
  counting: Counting,
  measured: ReadonlyMap<Planned, Measured>,
  most = Number.POSITIVE_INFINITY,
): Promise<ReadonlyMap<Planned, Measured>> {
  const asked = [...measured].flatMap(([one, found]) => {
    const judged = 'judged' in one.plan ? one.plan.judged : undefined;
    const clean = 'count' in found && 'bad' in found.count && found.count.bad === 0 && found.count.rows > 0;
    return judged && clean ? [{ one, judged, seconds: Math.min(most, secondsOf(one.rule)) }] : [];
  });
  const some = await someJudged(counting, asked);
  const told = new Map(measured);
  for (const [at, { one, judged }] of asked.entries()) {
    const found = measured.get(one) as Measured;
    const answer = some[at];
    if (typeof answer === 'object') told.set(one, { problem: answer, ms: found.ms });
    else if (!answer) told.set(one, { ...found, nothing: judged.without } as Measured);
  }
  return told;
}

async function measureRows(
  counting: Counting,
  planned: readonly Planned[],
  measured: Map<Planned, Measured>,
  rows: RowCounts,
  step: (rules: number) => void,
): Promise<void> {
  const onRows = planned.flatMap(({ rule, plan }, at) =>
    plan.by === 'row' ? [{ one: planned[at] as Planned, ...plan, seconds: secondsOf(rule) }] : [],
  );
  if (onRows.length === 0) return;
  const began = performance.now();
  const counts = await countTogether(counting, onRows, (share) => step(share * onRows.length));
  const ms = (performance.now() - began) / onRows.length;
  onRows.forEach(({ one, where }, at) => {
    const count = counts[at];
    if (!count) return;
    measured.set(one, { count, ms });
    if ('rows' in count) rows.know(where, count.rows);
  });
}

/** A rule that has a SELECT of its own; undefined for one that was evaluated already. */
async function measureAlone(
  counting: Counting,
  { rule, plan }: Planned,
  known: RowCounts,
): Promise<{ count: Count } | (MeasuredValue & { rows: number }) | { problem: Problem } | undefined> {
  if (plan.by !== 'query' && plan.by !== 'metric') return undefined;
  const seconds = secondsOf(rule);
  const rows = await known.rows(plan.where, seconds);
  if (typeof rows !== 'number') return { problem: rows };
  if (plan.by === 'query') return { count: await countAlone(counting, { ...plan, rows, seconds }) };
  const found = await measureValue(counting, plan.metric.sql, seconds);
  return 'problem' in found ? found : { ...found, rows };
}

/** How many rows the table has, and how many meet each condition: each asked once. */
class RowCounts {
  readonly #counting: Counting;
  readonly #known = new Map<string, number | Problem>();

  constructor(counting: Counting) {
    this.#counting = counting;
  }

  know(where: Sql | undefined, rows: number): void {
    this.#known.set(toText(where ?? sql``), rows);
  }

  async rows(where: Sql | undefined, seconds: number): Promise<number | Problem> {
    const key = toText(where ?? sql``);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const found = await countRows(this.#counting, where, seconds).catch((thrown) =>
      failure(thrown, this.#counting.signal),
    );
    this.#known.set(key, found);
    return found;
  }
}
