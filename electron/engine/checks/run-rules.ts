import type { CheckedRows } from '../../../shared/contract/checked-rows.ts';
import type { CheckResult, CheckRule, Finding, TableChecks } from '../../../shared/contract/checks.ts';
import { type Problem, problem } from '../../../shared/problem.ts';
import type { CallContext } from '../../../shared/wire.ts';
import type { Context } from '../context.ts';
import type { Database } from '../database/database.ts';
import { newlyFailing } from './alerts/alerts.ts';
import { checkedTable } from './checked-table.ts';
import type { Draft } from './drafts.ts';
import { keepFindings, latestFindings, retireOthers } from './findings.ts';
import { type PrivateColumns, privateColumns } from './private-columns.ts';
import { selectOf } from './rows-of.ts';
import { runTable } from './run-table.ts';
import { overall } from './verdict.ts';

/** Which rules to run; all where nothing is said. */
export interface Chosen {
  readonly tables?: readonly string[] | undefined;
  readonly ids?: readonly string[] | undefined;
  /** Seconds that no rule may take longer than, whatever it says. */
  readonly most?: number | undefined;
}

/** What rules found, and which of them fail that did not before. */
export interface RanRules {
  readonly result: CheckResult;
  readonly failing: readonly Finding[];
}

type Place = Pick<Context, 'workspace' | 'database' | 'whyStale'>;

interface Work {
  readonly table: string;
  readonly of: CheckedRows | undefined;
  readonly hidden: PrivateColumns;
  readonly all: readonly CheckRule[];
  readonly rules: readonly CheckRule[];
  readonly most: number | undefined;
  /** False where a file on the table has problems: a rule that cannot be read is not a rule that is gone. */
  readonly complete: boolean;
}

/** Runs rules table by table; the findings of each table are kept together when it is done. */
export async function runRules(
  place: Place,
  known: readonly TableChecks[],
  { tables, ids, most }: Chosen,
  { signal, progress }: CallContext,
): Promise<RanRules> {
  const { database } = place;
  await refuseUnknownTables(database, known, tables ?? []);
  const here = known.filter(({ table }) => !tables || tables.includes(table));
  const works = here.map(({ table, of, rules }) => ({
    table,
    of,
    hidden: privateColumns(known, table),
    all: rules,
    rules: chosenOf(rules, ids),
    most,
    complete: here.every((one) => one.table !== table || one.problems.length === 0),
  }));
  refuseUnknown(works, ids);
  const total = works.reduce((sum, { rules }) => sum + rules.length, 0);
  let done = 0;
  const findings: Finding[] = [];
  const failing: Finding[] = [];
  for (const work of works.filter(({ rules }) => rules.length > 0)) {
    const title = `Checking ${work.table}`;
    progress({ title, done: Math.round(done), total, unit: 'checks' });
    const step = (rules: number) => {
      done += rules;
      progress({ title, done: Math.round(done), total, unit: 'checks' });
    };
    const ran = await runAndKeep(place, work, signal, step);
    findings.push(...ran.after);
    failing.push(...newlyFailing(ran.before, ran.after));
  }
  const problems = ids ? [] : here.flatMap((one) => one.problems);
  const others = here.reduce((sum, one) => sum + one.others, 0);
  const unevaluated = here.flatMap((one) => one.unevaluated ?? []);
  const verdict = verdictOfAll(findings, problems);
  return { result: { verdict, findings, problems, others, unevaluated }, failing };
}

const chosenOf = (rules: readonly CheckRule[], ids: readonly string[] | undefined) =>
  ids ? rules.filter(({ id }) => ids.includes(id)) : rules;

async function refuseUnknownTables(
  database: Database,
  known: readonly TableChecks[],
  tables: readonly string[],
): Promise<void> {
  for (const name of tables.filter((one) => !known.some(({ table }) => table === one))) {
    if (await database.use({}, (session) => checkedTable(session, name))) continue;
    throw problem('not_found', `There is no table "${name}", and no rules for one.`, { at: { table: name } });
  }
}

function refuseUnknown(works: readonly Work[], ids: readonly string[] | undefined): void {
  const missing = ids?.find((id) => !works.some(({ rules }) => rules.some((rule) => rule.id === id)));
  if (missing === undefined) return;
  const there = works.flatMap(({ all }) => all.map(({ id }) => id)).slice(0, 20);
  throw problem('not_found', `There is no rule "${missing}".`, {
    hint: there.length > 0 ? `Rules here: ${there.join(', ')}.` : 'No rules are written down yet.',
    at: { check: missing },
  });
}

async function runAndKeep(
  place: Place,
  { table, of, hidden, all, rules, most, complete }: Work,
  signal: AbortSignal,
  step: (rules: number) => void,
): Promise<{ readonly before: readonly Finding[]; readonly after: readonly Finding[] }> {
  const { database, whyStale } = place;
  const rows = of && (() => selectOf(place, of));
  const title = `Keeping the findings on ${table}`;
  const cancelled = async (found: readonly Draft[]) => {
    await database.transaction({ title }, (session) => keepFindings(session, found, rules));
  };
  const drafts = await runTable(
    { database, signal, most, hidden, rows, cancelled, whyStale },
    table,
    rules,
    step,
  );
  return database.transaction({ title, signal }, async (session) => {
    if (complete) await retireOthers(session, table, all);
    const before = await latestFindings(session, table);
    return { before, after: await keepFindings(session, drafts, rules) };
  });
}

const verdictOfAll = (findings: readonly Finding[], problems: readonly Problem[]) =>
  overall([...findings.map(({ verdict }) => verdict), ...problems.map(() => 'error' as const)]);
