import type { CheckResult, TableChecks } from '../../../shared/contract/checks.ts';
import type { runMoments } from '../../../shared/contract/workspace.ts';
import type { CallContext } from '../../../shared/wire.ts';
import type { Context } from '../context.ts';
import { readSettings } from '../workspace/settings.ts';
import { tellFailures } from './alerts/alerts.ts';
import type { BackgroundRuns } from './background-runs.ts';
import { tablesRead } from './checked-select.ts';
import { selectOf } from './rows-of.ts';
import { listRules } from './rule-files.ts';
import { rulesAndPrivacy } from './rules-and-privacy.ts';
import { type Chosen, runRules } from './run-rules.ts';
import { tablesUnder } from './tables-under.ts';

/**
 * Runs rules, keeps what they found, and tells of those that began to fail; telling that goes wrong takes nothing back.
 * Where no window stays open the telling is waited for, or it would end with the command.
 */
export async function runAndTell(
  context: Context,
  chosen: Chosen,
  call: CallContext,
  { failed, afterSave }: Pick<ByItself, 'failed' | 'afterSave'>,
): Promise<CheckResult> {
  const known = await rulesAndPrivacy(context);
  try {
    const { result, failing } = await runRules(context, known, chosen, call);
    const told = tellFailures(context, failing).catch(failed);
    if (!afterSave) await told;
    return result;
  } finally {
    context.emit({ event: 'changed', room: 'checks' });
    context.emit({ event: 'changed', room: 'tables' });
  }
}

/** How runs that nobody waits for are told of, and where it is said that one went wrong. */
export interface ByItself {
  readonly runs: BackgroundRuns;
  readonly failed: (thrown: unknown) => void;
  /** False where nothing runs after rules were saved, whatever the workspace wants: no window shows it. */
  readonly afterSave: boolean;
}

/** What happened to a table, and which of its rules that is about, where not all. */
export interface Happened {
  readonly table: string;
  readonly moment: (typeof runMoments)[number];
  readonly ids?: readonly string[];
}

/** A table is its own rows, a view those under it. A query or a step that cannot be read reads nothing: running its rules says why. */
async function reads(context: Context, { of, table: name }: TableChecks, table: string): Promise<boolean> {
  const { database } = context;
  if (of === undefined) return name === table || (await tablesUnder(database, [name])).includes(table);
  return selectOf(context, of).then(
    async (select) => (await tablesRead(database, select)).includes(table),
    () => false,
  );
}

/** Seconds that a rule may take after saving: looking at tables waits for a statement that runs. */
const mostAfterSave = 10;

const moments = { import: 'its import', pipeline: 'its pipeline', save: 'saving' };

/** Runs the rules of a table, and of views, queries and steps that read it, after something happened to it, where it has some and the workspace wants that. */
export async function runAfter(
  context: Context,
  { table, moment, ids }: Happened,
  signal: AbortSignal,
  byItself: ByItself,
): Promise<void> {
  const { checks } = await readSettings(context.workspace.dir);
  const wanted = checks.tables[table]?.runAfter ?? checks.runAfter;
  if (!wanted.includes(moment)) return;
  const chosen = ids ? await rulesStillThere(context, table, ids) : await rulesThatRead(context, table);
  if (!chosen) return;
  await byItself.runs.run(`Checking ${table} after ${moments[moment]}`, signal, (call) =>
    runAndTell(context, moment === 'save' ? { ...chosen, most: mostAfterSave } : chosen, call, byItself),
  );
}

/** The rules of a table, and of views, queries and steps that read it. */
async function rulesThatRead(context: Context, table: string): Promise<Chosen | undefined> {
  const known = await listRules(context.workspace.path('checks'));
  const tables: string[] = [];
  for (const one of known.filter(({ rules }) => rules.length > 0)) {
    if (await reads(context, one, table)) tables.push(one.table);
  }
  return tables.length === 0 ? undefined : { tables };
}

async function rulesStillThere(
  context: Context,
  table: string,
  ids: readonly string[],
): Promise<Chosen | undefined> {
  const known = await listRules(context.workspace.path('checks'));
  const there = known.filter((one) => one.table === table).flatMap(({ rules }) => rules.map(({ id }) => id));
  const left = ids.filter((id) => there.includes(id));
  return left.length === 0 ? undefined : { tables: [table], ids: left };
}
