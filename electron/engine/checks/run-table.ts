import type { CheckRule, Finding, SampleRow } from '../../../shared/contract/checks.ts';
import { type Problem, problem } from '../../../shared/problem.ts';
import { type Sql, sql, toText } from '../../../shared/sql.ts';
import { checkedSelect } from './checked-select.ts';
import { type CheckedTable, checkedTable, naming } from './checked-table.ts';
import { earlierValues } from './earlier-values.ts';
import { type Counting, failure } from './limited-turn.ts';
import { type Measured, measureRules, type Planned, secondsOf } from './measure-rules.ts';
import { describeRule, planRule, type RulePlan } from './plan-rule.ts';
import { sampleRows } from './sample-rows.ts';
import { breachOf, passRate, verdictOf, verdictOfValue } from './verdict.ts';

/** A finding before it is kept. */
export type Draft = Omit<Finding, 'id' | 'at'>;

/** The table as far as it is known: one that is gone has no columns. */
type Looked = Pick<CheckedTable, 'name' | 'columns' | 'relation'>;

/** Where rules are evaluated. */
export interface Evaluating extends Omit<Counting, 'table'> {
  /** Columns whose values are shown to nobody. */
  readonly hidden?: ReadonlySet<string>;
  /** The SELECT of the rows, where they are no table. */
  readonly rows?: (() => Promise<Sql>) | undefined;
}

const none: ReadonlySet<string> = new Set();

/** Evaluates rules of one table; each gives a finding whatever happens to the others. `step` is told of each share of a rule done. */
export async function runTable(
  evaluating: Evaluating,
  name: string,
  rules: readonly CheckRule[],
  step: (rules: number) => void,
): Promise<Draft[]> {
  const { database, signal, hidden = none } = evaluating;
  const options = { title: `Checking ${name}`, priority: 'background', signal } as const;
  const table = await look(evaluating, name);
  if ('code' in table) {
    step(rules.length);
    return rules.map((rule) => broken(rule, { name, columns: [] }, table, null, 0));
  }
  const earlier = await database.use(options, (session) => earlierValues(session, name, rules));
  const planned = rules.map((rule) => ({
    rule,
    plan: planRule(rule, name, table.columns, earlier.get(rule.id), (statement) => naming(table, statement)),
  }));
  const counting = { database, table, signal };
  const measured = await measureRules(counting, planned, step);
  const drafts = planned.map((one) => draft(one, table, measured.get(one)));
  const sampled = await withSamples(counting, hidden, planned, drafts);
  const now = await look(evaluating, name);
  if ('state' in now && now.state === table.state) return sampled;
  return planned.map(({ rule, plan }) => broken(rule, table, changedMeanwhile(name), sqlOf(plan), 0));
}

/** The rows as they stand now, or why there are none to look at. */
async function look({ database, signal, rows }: Evaluating, name: string): Promise<CheckedTable | Problem> {
  const options = { title: `Checking ${name}`, priority: 'background', signal } as const;
  try {
    const select = await rows?.();
    return await database.use(options, async (session) =>
      select ? checkedSelect(session, name, select) : ((await checkedTable(session, name)) ?? noTable(name)),
    );
  } catch (thrown) {
    return failure(thrown, signal);
  }
}

const noTable = (name: string): Problem =>
  problem('not_found', `There is no table "${name}".`, {
    hint: 'It was dropped or renamed: import it again, or take its rules away.',
  }).problem;

const changedMeanwhile = (name: string): Problem =>
  problem('sql_failed', `The table "${name}" changed while it was checked.`, {
    hint: 'Run its checks again.',
  }).problem;

/** Drafts with some of their bad rows. */
async function withSamples(
  counting: Counting,
  hidden: ReadonlySet<string>,
  planned: readonly Planned[],
  drafts: readonly Draft[],
): Promise<Draft[]> {
  const sampled: Draft[] = [];
  for (const [at, one] of drafts.entries()) {
    const { plan, rule } = planned[at] as Planned;
    const wanted = one.badRows > 0 && 'badRows' in plan;
    const sample: readonly SampleRow[] = wanted
      ? await sampleRows(counting, { bad: badOf(plan), marks: one.columns, seconds: secondsOf(rule), hidden })
      : [];
    sampled.push({ ...one, sample });
  }
  return sampled;
}

const badOf = (plan: Extract<RulePlan, { by: 'row' | 'query' }>) => {
  if (plan.by === 'query') return { rows: plan.badRows };
  return { when: plan.where ? sql`${plan.where} and ${plan.breaks}` : plan.breaks, cells: plan.cells };
};

function sqlOf(plan: RulePlan): string | null {
  if ('badRows' in plan) return toText(plan.badRows);
  return plan.by === 'metric' ? toText(plan.metric.sql) : null;
}

function draft({ rule, plan }: Planned, table: Looked, measured: Measured | undefined): Draft {
  if (plan.by === 'nothing') return broken(rule, table, plan.problem, null, 0);
  if (plan.by === 'columns') {
    const { differences, compared } = plan;
    return evaluated(rule, table, compared, differences.length, differences.join('; ') || null, null, 0);
  }
  const { ms, ...found } = measured ?? { ms: 0, problem: changedMeanwhile(table.name) };
  const select = sqlOf(plan);
  if ('problem' in found) return broken(rule, table, found.problem, select, ms);
  if (plan.by === 'metric') {
    return 'value' in found
      ? { ...ofValue(rule, table, plan, found), sql: select, ms }
      : broken(rule, table, changedMeanwhile(table.name), select, ms);
  }
  if (!('count' in found)) return broken(rule, table, changedMeanwhile(table.name), select, ms);
  const { count, nothing } = found;
  if ('problem' in count) return broken(rule, table, count.problem, select, ms);
  const reason = count.rows === 0 ? noRows(rule) : nothing;
  if (reason !== undefined)
    return { ...unjudged(rule, table, reason), rowsRead: count.rows, sql: select, ms };
  return evaluated(rule, table, count.rows, count.bad, null, select, ms);
}

function ofValue(
  rule: CheckRule,
  table: Looked,
  { metric, unit }: Extract<RulePlan, { by: 'metric' }>,
  { value, rows }: { readonly value: number | null; readonly rows: number },
): Draft {
  const { fails, warns = {}, waits, nothing } = metric;
  const base = { ...frame(rule, table), ...nothingRead, value, unit, rowsRead: rows };
  const bounds = { fails, warns };
  if (value === null) {
    const reason = rows === 0 ? noRows(rule) : (nothing ?? noValue);
    return { ...base, bounds, verdict: 'not evaluated', reason };
  }
  if (waits !== undefined) return { ...base, bounds, verdict: 'not evaluated', reason: waits };
  const verdict = verdictOfValue(value, metric, rule);
  return { ...base, bounds, verdict, reason: breachOf(value, metric, unit) };
}

function frame(rule: CheckRule, { name, columns, relation }: Looked) {
  const { says, marks, class: of } = describeRule(rule, columns);
  const from = relation ? toText(relation) : null;
  return { check: rule.id, kind: rule.kind, class: of, table: name, relation: from, columns: marks, says };
}

const nothingRead = {
  value: null,
  unit: null,
  bounds: null,
  rowsRead: 0,
  badRows: 0,
  sample: [],
  sql: null,
  ms: 0,
} as const;

function broken(rule: CheckRule, table: Looked, failed: Problem, select: string | null, ms: number): Draft {
  const { message, hint } = failed;
  const reason = hint ? `${message} ${hint}` : message;
  return { ...frame(rule, table), ...nothingRead, verdict: 'error', reason, sql: select, ms };
}

const noValue = 'There was nothing to measure: no row has a value.';

const noRows = ({ where }: CheckRule) =>
  where?.trim()
    ? 'No row meets the condition of the rule, so there was nothing to check.'
    : 'The table has no rows, so there was nothing to check.';

const unjudged = (rule: CheckRule, table: Looked, reason: string): Draft => ({
  ...frame(rule, table),
  ...nothingRead,
  verdict: 'not evaluated',
  reason,
});

function evaluated(
  rule: CheckRule,
  table: Looked,
  rowsRead: number,
  badRows: number,
  reason: string | null,
  select: string | null,
  ms: number,
): Draft {
  const verdict = verdictOf(badRows, rowsRead, rule);
  const value = passRate(badRows, rowsRead);
  return {
    ...frame(rule, table),
    ...nothingRead,
    verdict,
    value,
    rowsRead,
    badRows,
    reason,
    sql: select,
    ms,
  };
}
