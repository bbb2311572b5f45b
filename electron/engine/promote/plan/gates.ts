import type { CheckedRows } from '../../../../shared/contract/checked-rows.ts';
import type { TableChecks } from '../../../../shared/contract/checks.ts';
import type { Plan } from '../../../../shared/contract/promote.ts';
import { downstream, parseRef } from '../../../../shared/pipeline-graph.ts';
import { steps } from '../../../../shared/registry.ts';
import { stops } from '../../../../shared/stops.ts';
import { tablesRead } from '../../checks/checked-select.ts';
import type { Draft } from '../../checks/drafts.ts';
import { type PrivateColumns, privateColumns } from '../../checks/private-columns.ts';
import { selectOf } from '../../checks/rows-of.ts';
import { rulesAndPrivacy } from '../../checks/rules-and-privacy.ts';
import { runTable } from '../../checks/run-table.ts';
import { tablesUnder } from '../../checks/tables-under.ts';
import type { Context } from '../../context.ts';
import { PipelineFiles } from '../../pipelines/file/pipeline-files.ts';
import type { Promotion } from '../apply.ts';

type Gates = Plan['gates'];

/**
 * What the rules of the promoted tables, and of those that collections are made from, say against it, and those of views, queries and steps that read one of them or that one
 * is made from: those that end `assay check` with 1. They are evaluated now: what was found earlier may be about other rows. A file of rules that cannot be
 * read is no rule that passes, whichever table it is about.
 */
export async function gatesOf(context: Context, promotion: Promotion): Promise<Gates> {
  const promoted = [...new Set(promotion.objects.map(({ source }) => source))];
  const known = await rulesAndPrivacy(context);
  const gates: Gates[number][] = [];
  for (const one of known) {
    const { table, of, rules } = one;
    const about = of ? await isAbout(context, of, promoted) : await isOf(context, table, promoted);
    gates.push(...unreadable(one, about));
    if (!about || rules.length === 0) continue;
    const drafts = await evaluated(context, promotion, one, privateColumns(known, table));
    gates.push(...drafts.filter(({ verdict }) => stops(verdict)).map(gateOf));
  }
  return gates.sort((a, b) => compareText(a.table, b.table) || compareText(a.check, b.check));
}

const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Whether a table is promoted, or one that a view reads. */
const isOf = async ({ database }: Context, table: string, promoted: readonly string[]): Promise<boolean> =>
  promoted.includes(table) || (await tablesUnder(database, [table])).some((name) => promoted.includes(name));

/** Whether what is promoted has to do with the rows of a query or a step; where that cannot be told, it may have. */
async function isAbout(context: Context, of: CheckedRows, promoted: readonly string[]): Promise<boolean> {
  try {
    if ('query' in of && promoted.includes(of.query)) return true;
    const made = 'pipeline' in of ? await madeFrom(context, of) : [];
    const read = await tablesRead(context.database, await selectOf(context, of));
    return [...made, ...read].some((name) => promoted.includes(name));
  } catch {
    return true;
  }
}

/** The tables that a step's rows go into. */
async function madeFrom(
  { workspace }: Context,
  { pipeline: name, step }: Extract<CheckedRows, { pipeline: string }>,
): Promise<readonly string[]> {
  const pipeline = await new PipelineFiles(workspace.path('pipelines')).findWhole(name);
  const from = downstream(pipeline.steps, parseRef(step).step);
  return pipeline.steps.flatMap(({ id, kind, params }) => {
    const written = from.has(id) ? steps.get(kind)?.writes?.(params as never) : undefined;
    return written === undefined ? [] : [written];
  });
}

function evaluated(
  context: Context,
  { database, signal, progress }: Promotion,
  { table, of, rules }: TableChecks,
  hidden: PrivateColumns,
): Promise<readonly Draft[]> {
  let done = 0;
  const rows = of && (() => selectOf(context, of));
  return runTable({ database, signal, hidden, rows, whyStale: context.whyStale }, table, rules, (share) => {
    done += share;
    progress({ title: `Checking ${table}`, done: Math.round(done), total: rules.length, unit: 'checks' });
  });
}

const gateOf = ({ table, check, verdict, says, reason }: Draft) => ({
  table,
  check,
  verdict,
  says: verdict !== 'fail' && reason ? `${says}: ${reason}` : says,
});

/** A problem that names no table may be about any of them. */
const unreadable = ({ table, problems }: TableChecks, about: boolean): Gates =>
  problems
    .filter(({ at }) => at?.table === undefined || about)
    .map(({ message }) => ({ table, check: 'rules', verdict: 'error' as const, says: message }));
