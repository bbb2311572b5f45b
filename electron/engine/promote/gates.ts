import type { TableChecks } from '../../../shared/contract/checks.ts';
import type { Plan } from '../../../shared/contract/promote.ts';
import { listRules } from '../checks/rule-files.ts';
import { type Draft, runTable } from '../checks/run-table.ts';
import type { Context } from '../context.ts';
import type { Promotion } from './apply.ts';

type Gates = Plan['gates'];

/**
 * What the rules of the promoted tables say against it. They are evaluated now: what was found earlier may be about
 * other rows. A file of rules that cannot be read is no rule that passes, whichever table it is about.
 */
export async function gatesOf({ workspace }: Context, promotion: Promotion): Promise<Gates> {
  const tables = promotion.objects.filter(({ kind }) => kind !== 'collection').map(({ name }) => name);
  if (tables.length === 0) return [];
  const known = await listRules(workspace.path('checks'));
  const gates = known.flatMap((one) => unreadable(one, tables));
  for (const { table, rules } of known.filter((one) => tables.includes(one.table) && one.rules.length > 0)) {
    const drafts = await evaluated(promotion, table, rules);
    gates.push(...drafts.filter(({ verdict }) => verdict === 'fail' || verdict === 'error').map(gateOf));
  }
  return gates.sort((a, b) => compareText(a.table, b.table) || compareText(a.check, b.check));
}

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function evaluated(
  { database, signal, progress }: Promotion,
  table: string,
  rules: TableChecks['rules'],
): Promise<readonly Draft[]> {
  let done = 0;
  return runTable({ database, signal }, table, rules, (share) => {
    done += share;
    progress({ title: `Checking ${table}`, done: Math.round(done), total: rules.length, unit: 'checks' });
  });
}

const gateOf = ({ table, check, verdict, says, reason }: Draft) => ({
  table,
  check,
  verdict,
  says: verdict === 'error' && reason ? `${says}: ${reason}` : says,
});

/** A problem that names no table may be about any of them. */
const unreadable = ({ table, problems }: TableChecks, tables: readonly string[]): Gates =>
  problems
    .filter(({ at }) => at?.table === undefined || tables.includes(table))
    .map(({ message }) => ({ table, check: 'rules', verdict: 'error' as const, says: message }));
