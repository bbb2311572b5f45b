import type { CheckRule, Finding } from '../../../shared/contract/checks.ts';
import { type Problem, problem } from '../../../shared/problem.ts';
import { sql, toText } from '../../../shared/sql.ts';
import { type CheckedTable, checkedTable } from './checked-table.ts';
import { type Count, type Counting, countAlone, countRows, countTogether } from './count-bad-rows.ts';
import { describeRule, planRule, type RulePlan } from './plan-rule.ts';
import { passRate, verdictOf } from './verdict.ts';

/** A finding before it is kept. */
export type Draft = Omit<Finding, 'id' | 'at'>;

/** The table as far as it is known: one that is gone has no columns. */
type Looked = Pick<CheckedTable, 'name' | 'columns'>;

interface Measured {
  readonly count: Count;
  readonly ms: number;
}

interface Planned {
  readonly rule: CheckRule;
  readonly plan: RulePlan;
}

/** Evaluates rules of one table; each gives a finding whatever happens to the others. `step` is told of each share of a rule done. */
export async function runTable(
  { database, signal }: Omit<Counting, 'table'>,
  name: string,
  rules: readonly CheckRule[],
  step: (rules: number) => void,
): Promise<Draft[]> {
  const options = { title: `Checking ${name}`, priority: 'background', signal } as const;
  const look = () => database.use(options, (session) => checkedTable(session, name));
  const table = await look();
  if (!table) {
    step(rules.length);
    return rules.map((rule) => broken(rule, { name, columns: [] }, noTable(name), null, 0));
  }
  const planned = rules.map((rule) => ({ rule, plan: planRule(rule, name, table.columns) }));
  const { rows, measured } = await measure({ database, table, signal }, planned, step);
  const changed = (await look())?.state !== table.state;
  return planned.map((one) => draft(one, table, rows, changed ? changedMeanwhile(name) : measured.get(one)));
}

const noTable = (name: string): Problem =>
  problem('not_found', `There is no table "${name}".`, {
    hint: 'It was dropped or renamed: import it again, or take its rules away.',
  }).problem;

const changedMeanwhile = (name: string): Measured => ({
  count: {
    problem: problem('sql_failed', `The table "${name}" changed while it was checked.`, {
      hint: 'Run its checks again.',
    }).problem,
  },
  ms: 0,
});

/** Counts rows and bad rows: conditions on rows in one pass, the rest one by one. */
async function measure(counting: Counting, planned: readonly Planned[], step: (rules: number) => void) {
  const measured = new Map<Planned, Measured>();
  const onRows = planned.filter(({ plan }) => plan.by === 'row');
  const rest = planned.filter(({ plan }) => plan.by !== 'row');
  const began = performance.now();
  const conditions = onRows.map(({ plan }) => (plan.by === 'row' ? plan.breaks : sql`false`));
  const needed = planned.some(({ plan }) => plan.by === 'row' || plan.by === 'query');
  const { rows, counts } =
    onRows.length > 0
      ? await countTogether(counting, conditions, (share) => step(share * onRows.length))
      : { rows: needed ? await countRows(counting) : 0, counts: [] };
  const ms = (performance.now() - began) / Math.max(1, onRows.length);
  onRows.forEach((one, at) => {
    const count = counts[at];
    if (count) measured.set(one, { count, ms });
  });
  for (const one of rest) {
    if (one.plan.by === 'query') measured.set(one, await timed(() => countAlone(counting, badRowsOf(one))));
    step(1);
  }
  return { rows, measured };
}

const badRowsOf = ({ plan }: Planned) => ('badRows' in plan ? plan.badRows : sql``);

async function timed(count: () => Promise<Count>): Promise<Measured> {
  const began = performance.now();
  return { count: await count(), ms: performance.now() - began };
}

function draft({ rule, plan }: Planned, table: Looked, rows: number, measured: Measured | undefined): Draft {
  if (plan.by === 'nothing') return broken(rule, table, plan.problem, null, 0);
  if (plan.by === 'columns') {
    const { differences, compared } = plan;
    return evaluated(rule, table, compared, differences.length, differences.join('; ') || null, null, 0);
  }
  const select = toText(plan.badRows);
  const { count, ms } = measured ?? changedMeanwhile(table.name);
  if ('problem' in count) return broken(rule, table, count.problem, select, ms);
  if (rows === 0) return { ...empty(rule, table), sql: select, ms };
  return evaluated(rule, table, rows, count.bad, null, select, ms);
}

function frame(rule: CheckRule, { name, columns }: Looked) {
  const { says, marks, class: of } = describeRule(rule, columns);
  return { check: rule.id, kind: rule.kind, class: of, table: name, columns: marks, says };
}

const nothingRead = { value: null, rowsRead: 0, badRows: 0 } as const;

function broken(rule: CheckRule, table: Looked, failed: Problem, select: string | null, ms: number): Draft {
  const { message, hint } = failed;
  const reason = hint ? `${message} ${hint}` : message;
  return { ...frame(rule, table), verdict: 'error', ...nothingRead, reason, sql: select, ms };
}

const empty = (rule: CheckRule, table: Looked) => ({
  ...frame(rule, table),
  verdict: 'not evaluated' as const,
  ...nothingRead,
  reason: 'The table has no rows, so there was nothing to check.',
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
  return { ...frame(rule, table), verdict, value, rowsRead, badRows, reason, sql: select, ms };
}
