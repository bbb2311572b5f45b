import type { CheckResult } from '../../../../shared/contract/checks.ts';
import { counted } from '../../../../shared/number-words.ts';
import type { CallOptions } from '../../../../shared/wire.ts';
import { engine } from '../../../engine.ts';
import { runTask } from '../../../tasks.ts';
import { toast } from '../../../ui/toast.tsx';

/** Which rules: of one table, or only some of them; everything where nothing is said. */
export interface Chosen {
  readonly table?: string;
  readonly ids?: readonly string[];
}

/** What a run is called while it goes on. */
export function runTitle({ table, ids }: Chosen): string {
  if (ids?.length === 1) return `Checking ${ids[0]}`;
  return table ? `Checking ${table}` : 'Checking all tables';
}

/** Runs rules. */
export function runChecks({ table, ids }: Chosen, options: CallOptions): Promise<CheckResult> {
  const chosen = { ...(table ? { tables: [table] } : {}), ...(ids ? { ids: [...ids] } : {}) };
  return engine.checks.run(chosen, options);
}

/** Runs rules from where their findings are not seen, and says in a corner how it ended. */
export async function runAndTell(chosen: Chosen): Promise<CheckResult> {
  const result = await runTask(runTitle(chosen), (options) => runChecks(chosen, options));
  toast(summaryOf(result));
  return result;
}

/** A run in words: "2 of 14 checks fail". */
function summaryOf({ findings, problems }: CheckResult): Parameters<typeof toast>[0] {
  const of = (wanted: string) => findings.filter(({ verdict }) => verdict === wanted).length;
  const total = counted(findings.length, 'check');
  const [fail, error, warn, none] = [
    of('fail'),
    of('error') + problems.length,
    of('warn'),
    of('not evaluated'),
  ];
  const parts = [
    fail && `${fail} failed`,
    error && `${error} could not be evaluated`,
    warn && `${warn} warned`,
    none && `${none} had nothing to check`,
  ].filter(Boolean);
  if (findings.length === 0 && error === 0) return { title: 'There is no rule to check', tone: 'info' };
  if (parts.length === 0) return { title: `${total} passed`, tone: 'ok' };
  return { title: `${total}: ${parts.join(', ')}`, tone: fail || error ? 'warn' : 'info' };
}
