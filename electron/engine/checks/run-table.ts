import { rowColumn } from '../../../shared/column.ts';
import type { CheckRule, SampleRow } from '../../../shared/contract/checks.ts';
import { type Problem, problem } from '../../../shared/problem.ts';
import { ident, type Sql, sql, toText } from '../../../shared/sql.ts';
import type { Context } from '../context.ts';
import type { Session } from '../database/database.ts';
import { checkedSelect } from './checked-select.ts';
import { type CheckedTable, checkedTable, naming } from './checked-table.ts';
import { withContent } from './content-mark.ts';
import { broken, changedMeanwhile, type Draft, draft, sqlOf, withoutMeasured } from './drafts.ts';
import { earlierValues } from './earlier-values.ts';
import { withoutForeignRows } from './foreign-rows.ts';
import { type Counting, failure } from './limited-turn.ts';
import { withoutValues } from './masked-problem.ts';
import { type Measured, measureRules, type Planned, secondsOf } from './measure-rules.ts';
import { planRule, type RulePlan } from './plan-rule.ts';
import { measuresPrivate, nothingPrivate, type PrivateColumns, privateOutputs } from './private-columns.ts';
import { sampleRows } from './sample-rows.ts';
import { stillCurrent, withoutStale } from './stale-vectors.ts';

/** Where rules are evaluated. */
export interface Evaluating extends Omit<Counting, 'table'> {
  readonly hidden?: PrivateColumns;
  readonly whyStale?: Context['whyStale'];
  /** The SELECT of the rows, where they are no table. */
  readonly rows?: (() => Promise<Sql>) | undefined;
  /** Told, before it is given up, what was found until it was cancelled. */
  readonly cancelled?: (drafts: readonly Draft[]) => Promise<void>;
}

/** Evaluates rules of one table; each gives a finding whatever happens to the others. `step` is told of each share of a rule done. */
export async function runTable(
  evaluating: Evaluating,
  name: string,
  rules: readonly CheckRule[],
  step: (rules: number) => void,
): Promise<Draft[]> {
  const { database, signal, most, rows, hidden: known = nothingPrivate } = evaluating;
  const options = { title: `Checking ${name}`, priority: 'background', signal } as const;
  const table = await look(evaluating, name);
  if ('code' in table) {
    step(rules.length);
    const said = withoutValues(table, rows ? known.anywhere : known.own);
    return rules.map((rule) => broken(rule, { name, columns: [] }, said, null, 0));
  }
  const hidden = table.derived
    ? await database.use(options, (session) => privateOutputs(session, table, known))
    : known.own;
  const earlier = await database.use(options, (session) =>
    earlierValues(session, name, rules, table, table.columns),
  );
  const plans = rules.map((rule) => ({
    rule,
    plan: planRule(
      rule,
      name,
      table.columns,
      { earlier: earlier.get(rule.id), loaded: table.loaded },
      (statement) => naming(table, statement),
    ),
  }));
  const ready = await withoutStale(evaluating, plans);
  const planned = await database.use(options, (session) => withoutForeignRows(session, table, ready));
  const counting = { database, table, signal, most };
  const found = new Map<Planned, Measured>();
  try {
    await measureRules(counting, planned, step, found);
  } catch (thrown) {
    if (signal.aborted) await tellFound(evaluating, { counting, hidden, known, planned, found });
    throw thrown;
  }
  const drafts = await withoutPrivate(
    counting,
    known,
    planned,
    planned.map((one) => draft(one, table, masked(found.get(one), met(one, hidden, known)))),
  );
  const sampled = await withSamples(counting, hidden, planned, drafts);
  const now = await look(evaluating, name);
  if ('state' in now && now.state === table.state) return stillCurrent(evaluating, table, planned, sampled);
  return planned.map(({ rule, plan }) => broken(rule, table, changedMeanwhile(name), sqlOf(plan), 0));
}

interface Stopped {
  readonly counting: Counting;
  readonly hidden: ReadonlySet<string>;
  readonly known: PrivateColumns;
  readonly planned: readonly Planned[];
  readonly found: ReadonlyMap<Planned, Measured>;
}

/** Tells of the rules that were evaluated before a run was cancelled, where the rows are still the same; no sample is taken. */
async function tellFound(
  { cancelled, rows }: Evaluating,
  { counting, hidden, known, planned, found }: Stopped,
): Promise<void> {
  if (!cancelled || found.size === 0) return;
  const { database, table } = counting;
  const { signal } = new AbortController();
  const told = planned.filter((one) => found.has(one));
  const now = await look({ database, signal, rows }, table.name);
  if (!('state' in now) || now.state !== table.state) return;
  const drafts = told.map((one) => draft(one, table, masked(found.get(one), met(one, hidden, known))));
  await cancelled(await withoutPrivate({ database, table, signal }, known, told, drafts));
}

/** Drafts without what was measured of private columns: the largest of one is a value like any other. */
async function withoutPrivate(
  { database, table, signal }: Counting,
  known: PrivateColumns,
  planned: readonly Planned[],
  drafts: readonly Draft[],
): Promise<Draft[]> {
  const title = `Looking for private columns of ${table.name}`;
  const shown: Draft[] = [];
  for (const [at, one] of drafts.entries()) {
    const { plan } = planned[at] as Planned;
    const telling = plan.by === 'metric' && !plan.counts && one.value !== null;
    const shy =
      telling &&
      (await database.use({ title, priority: 'background', signal }, (session) =>
        measuresPrivate(session, toText(plan.metric.sql), known),
      ));
    shown.push(shy ? withoutMeasured(one) : one);
  }
  return shown;
}

/** The private columns that an error of a rule may quote: SQL written by hand can look into any table. */
const met = ({ rule }: Planned, hidden: ReadonlySet<string>, known: PrivateColumns): ReadonlySet<string> =>
  /\b(select|table|from)\b/i.test(JSON.stringify([rule.where, rule.params])) ? known.anywhere : hidden;

function masked(measured: Measured | undefined, hidden: ReadonlySet<string>): Measured | undefined {
  if (!measured) return undefined;
  if ('problem' in measured) return { ...measured, problem: withoutValues(measured.problem, hidden) };
  if (!('count' in measured && 'problem' in measured.count)) return measured;
  return { ...measured, count: { problem: withoutValues(measured.count.problem, hidden) } };
}

/** The rows as they stand now, or why there are none to look at. */
async function look({ database, signal, rows }: Evaluating, name: string): Promise<CheckedTable | Problem> {
  const options = { title: `Checking ${name}`, priority: 'background', signal } as const;
  try {
    const select = await rows?.();
    return await database.use(options, async (session) =>
      select ? checkedSelect(session, name, select) : lookAt(session, name),
    );
  } catch (thrown) {
    return failure(thrown, signal);
  }
}

async function lookAt(session: Session, name: string): Promise<CheckedTable | Problem> {
  const table = await checkedTable(session, name);
  return table ? withAddresses(await withContent(session, table)) : noTable(name);
}

/** The rows of a view get addresses for as long as they are looked at, as those of a SELECT do. */
const withAddresses = (table: CheckedTable): CheckedTable =>
  table.addressed
    ? table
    : {
        ...table,
        columns: [{ name: rowColumn, type: 'bigint' }, ...table.columns],
        blocks: 0,
        addressed: true,
        relation: sql`select row_number() over () as ${ident(rowColumn)}, * from ${ident('public', table.name)}`,
      };

const noTable = (name: string): Problem =>
  problem('not_found', `There is no table "${name}".`, {
    hint: 'It was dropped or renamed: import it again, or take its rules away.',
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
