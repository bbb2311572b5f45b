import type { CheckRule } from '../../../shared/contract/checks.ts';
import { looksElsewhere } from '../../../shared/looks-elsewhere.ts';
import type { Problem } from '../../../shared/problem.ts';
import { join, type Sql, sql, toText } from '../../../shared/sql.ts';
import {
  type Count,
  countAlone,
  countRows,
  countTogether,
  type MeasuredValue,
  measureValue,
} from './count-bad-rows.ts';
import type { Condition } from './count-slots.ts';
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
} & ({ readonly count: Count } | (MeasuredValue & { readonly rows: number }) | { readonly problem: Problem });

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

async function measureRows(
  counting: Counting,
  planned: readonly Planned[],
  measured: Map<Planned, Measured>,
  rows: RowCounts,
  step: (rules: number) => void,
): Promise<void> {
  const onRows = planned.flatMap(({ rule, plan }, at) =>
    plan.by === 'row'
      ? [{ one: planned[at] as Planned, ...plan, judges: plan.judged, seconds: secondsOf(rule) }]
      : [],
  );
  const beside = judgedBeside(planned);
  if (onRows.length + beside.length === 0) return;
  const began = performance.now();
  const shares = (share: number) => step(share * onRows.length);
  const counts = await countTogether(counting, [...onRows, ...beside], shares);
  const ms = (performance.now() - began) / Math.max(1, onRows.length);
  onRows.forEach(({ one, where }, at) => {
    const count = counts[at];
    if (!count) return;
    measured.set(one, { count, ms });
    if ('rows' in count) rows.know(where, count.rows);
  });
  beside.forEach(({ where, breaks }, at) => {
    const count = counts[onRows.length + at];
    if (!count) return;
    rows.know(both(where, breaks), 'problem' in count ? count.problem : count.bad);
    if ('rows' in count) rows.know(where, count.rows);
  });
}

/** Which rows are judged by rules that have a SELECT of their own, as conditions that are counted in the pass of the others. */
function judgedBeside(planned: readonly Planned[]): readonly Condition[] {
  const found = new Map<string, Condition>();
  for (const { rule, plan } of planned) {
    if (plan.by !== 'query' || !plan.judged) continue;
    const { where, judged } = plan;
    const key = toText(both(where, judged.when));
    if (looksElsewhere(key)) continue;
    const seconds = secondsOf(rule);
    const alone = { judges: undefined, values: [], sure: undefined, sureAlone: false };
    found.set(key, { ...alone, breaks: judged.when, where, seconds });
  }
  return [...found.values()];
}

const both = (where: Sql | undefined, when: Sql): Sql => (where ? join([where, when], sql` and `) : when);

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
  if (plan.by === 'query') {
    const judged = plan.judged ? await known.rows(both(plan.where, plan.judged.when), seconds) : rows;
    if (typeof judged !== 'number') return { problem: judged };
    return { count: await countAlone(counting, { ...plan, rows, judged, seconds }) };
  }
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

  know(where: Sql | undefined, rows: number | Problem): void {
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
