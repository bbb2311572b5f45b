import type { CheckRule, Finding } from '../../../shared/contract/checks.ts';
import { type Problem, problem } from '../../../shared/problem.ts';
import { toText } from '../../../shared/sql.ts';
import type { CheckedTable } from './checked-table.ts';
import type { Counted, MeasuredValue } from './count-bad-rows.ts';
import { errorWords } from './error-words.ts';
import type { Measured, Planned } from './measure-rules.ts';
import { describeRule, type RulePlan } from './plan-rule.ts';
import { breachOf, passRate, verdictOf, verdictOfValue } from './verdict.ts';

/** A finding before it is kept. */
export type Draft = Omit<Finding, 'id' | 'at'> & Pick<CheckedTable, 'content'>;

/** The table as far as it is known: one that is gone has no columns. */
export type Looked = Pick<CheckedTable, 'name' | 'columns' | 'relation' | 'content'>;

/** What was measured is about rows that are no longer there. */
export const changedMeanwhile = (name: string): Problem =>
  problem('sql_failed', `The table "${name}" changed while it was checked.`, {
    hint: 'Run its checks again.',
  }).problem;

/** The SELECT by which a finding's bad rows, or its value, are found; null for rules on columns alone. */
export function sqlOf(plan: RulePlan): string | null {
  if ('badRows' in plan) return toText(plan.badRows);
  return plan.by === 'metric' ? toText(plan.metric.sql) : null;
}

/** What came of evaluating a rule, as a finding. */
export function draft({ rule, plan }: Planned, table: Looked, measured: Measured | undefined): Draft {
  if (plan.by === 'nothing') return broken(rule, table, plan.problem, null, 0);
  if (plan.by === 'waiting') return unjudged(rule, table, plan.reason);
  if (plan.by === 'columns') {
    const { differences, compared } = plan;
    const counts = { rows: compared, judged: compared, bad: differences.length };
    return { ...evaluated(rule, table, counts), reason: differences.join('; ') || null };
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
  const { count } = found;
  if ('problem' in count) return broken(rule, table, count.problem, select, ms);
  const reason = nothingJudged(rule, plan, count);
  if (reason !== undefined)
    return { ...unjudged(rule, table, reason), rowsRead: count.rows, sql: select, ms };
  return { ...evaluated(rule, table, count), reason: plan.remark ?? null, sql: select, ms };
}

/** Why no row could be judged: a rule that no row breaks has to have looked at some. */
function nothingJudged(
  rule: CheckRule,
  { judged }: Extract<RulePlan, { by: 'row' | 'query' }>,
  count: Counted,
): string | undefined {
  if (count.rows === 0) return noRows(rule);
  return count.judged === 0 && count.bad === 0 ? judged?.without : undefined;
}

function ofValue(
  rule: CheckRule,
  table: Looked,
  { metric, unit }: Extract<RulePlan, { by: 'metric' }>,
  { value, exact, rows }: MeasuredValue & { readonly rows: number },
): Draft {
  const { fails, warns = {}, waits, nothing } = metric;
  const base = { ...frame(rule, table), ...nothingRead, value, unit, rowsRead: rows, rowsJudged: rows };
  const bounds = { fails, warns };
  if (value === null) {
    const reason = rows === 0 ? noRows(rule) : (nothing ?? noValue);
    return { ...base, bounds, rowsJudged: 0, verdict: 'not evaluated', reason };
  }
  if (waits !== undefined) return { ...base, bounds, verdict: 'not evaluated', reason: waits };
  const verdict = verdictOfValue(exact ?? value, metric, rule);
  return { ...base, bounds, verdict, reason: breachOf(exact ?? value, metric, unit) };
}

/** The same without what was measured, for what may be the value of a private column; the verdict stays. */
export function withoutMeasured<One extends Pick<Draft, 'verdict' | 'reason'>>(
  one: One,
): Omit<One, 'value' | 'bounds' | 'reason'> & Pick<Draft, 'value' | 'bounds' | 'reason'> {
  const { verdict, reason } = one;
  const outside = verdict === 'fail' || verdict === 'warn' ? 'It is outside its limits. ' : '';
  const waits = verdict === 'not evaluated' && reason ? `${reason} ` : '';
  const shy = `${outside}${waits}The value is not shown, because it is made of a private column.`;
  return { ...one, value: null, bounds: null, reason: shy };
}

function frame(rule: CheckRule, { name, columns, relation, content }: Looked) {
  const { says, marks, class: of } = describeRule(rule, columns);
  const from = relation ? toText(relation) : null;
  return {
    check: rule.id,
    kind: rule.kind,
    class: of,
    table: name,
    relation: from,
    content,
    columns: marks,
    says,
  };
}

const nothingRead = {
  value: null,
  unit: null,
  bounds: null,
  rowsRead: 0,
  rowsJudged: 0,
  badRows: 0,
  sample: [],
  sql: null,
  ms: 0,
} as const;

/** A rule that could not be evaluated. */
export function broken(
  rule: CheckRule,
  table: Looked,
  failed: Problem,
  select: string | null,
  ms: number,
): Draft {
  const reason = errorWords(failed);
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

/** A rule on rows: its limits in percent are shares of the rows that it could judge. */
function evaluated(rule: CheckRule, table: Looked, { rows, judged, bad }: Counted): Draft {
  const of = Math.max(judged, bad);
  return {
    ...frame(rule, table),
    ...nothingRead,
    verdict: verdictOf(bad, of, rule),
    value: passRate(bad, of),
    rowsRead: rows,
    rowsJudged: of,
    badRows: bad,
    reason: null,
  };
}
