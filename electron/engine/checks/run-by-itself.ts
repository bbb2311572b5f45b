import type { CheckResult } from '../../../shared/contract/checks.ts';
import type { runMoments } from '../../../shared/contract/workspace.ts';
import type { CallContext } from '../../../shared/wire.ts';
import type { Context } from '../context.ts';
import { readSettings } from '../workspace/settings.ts';
import { tellFailures } from './alerts/alerts.ts';
import { listRules } from './rule-files.ts';
import { type Chosen, runRules } from './run-rules.ts';

/** Runs rules, keeps what they found, and tells of those that began to fail; telling that goes wrong takes nothing back. */
export async function runAndTell(
  context: Context,
  chosen: Chosen,
  call: CallContext,
  failed: (thrown: unknown) => void,
): Promise<CheckResult> {
  const known = await listRules(context.workspace.path('checks'));
  try {
    const { result, failing } = await runRules(context.database, known, chosen, call);
    void tellFailures(context, failing).catch(failed);
    return result;
  } finally {
    context.emit({ event: 'changed', room: 'checks' });
    context.emit({ event: 'changed', room: 'tables' });
  }
}

/** Runs the rules of a table after something happened to it, where it has some and the workspace wants that. */
export async function runAfter(
  context: Context,
  table: string,
  moment: (typeof runMoments)[number],
  signal: AbortSignal,
  failed: (thrown: unknown) => void,
): Promise<void> {
  const { checks } = await readSettings(context.workspace.dir);
  const wanted = checks.tables[table]?.runAfter ?? checks.runAfter;
  if (!wanted.includes(moment)) return;
  const known = await listRules(context.workspace.path('checks'));
  if (!known.some((one) => one.table === table && one.rules.length > 0)) return;
  await runAndTell(context, { tables: [table] }, { signal, progress: () => {} }, failed);
}
