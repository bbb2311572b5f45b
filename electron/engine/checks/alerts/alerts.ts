import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { Finding } from '../../../../shared/contract/checks.ts';
import type { AlertState } from '../../../../shared/contract/monitors.ts';
import type { CheckSettings } from '../../../../shared/contract/workspace.ts';
import type { Context } from '../../context.ts';
import { readSettings } from '../../workspace/settings.ts';
import { writeWhole } from '../../workspace/write-whole.ts';
import { postAlert, runAlertCommand } from './deliver.ts';

/** What failed, as a command or an address is told. */
export interface AlertMessage {
  readonly workspace: string;
  readonly text: string;
  readonly findings: readonly Pick<
    Finding,
    'table' | 'check' | 'says' | 'verdict' | 'badRows' | 'rowsRead' | 'rowsJudged' | 'reason'
  >[];
}

type Wish = CheckSettings['alerts'];

const wishHash = ({ command, webhook }: Wish) =>
  createHash('sha256')
    .update(JSON.stringify([command ?? null, webhook ?? null]))
    .digest('hex');

/** A clone brings another person's command along: it is run only where it was allowed, and not once it was changed. */
export async function alertState({ workspace }: Context): Promise<AlertState> {
  const { alerts } = (await readSettings(workspace.dir)).checks;
  const allowed = await readFile(workspace.statePath('alerts-allowed'), 'utf8').catch(() => '');
  const { desktop, command = null, webhook = null } = alerts;
  return { desktop, command, webhook, allowed: allowed.trim() === wishHash(alerts) };
}

/** Allows what the workspace wishes now on this computer, or takes that back. */
export async function allowAlerts(context: Context, allow: boolean): Promise<AlertState> {
  const { workspace } = context;
  const { alerts } = (await readSettings(workspace.dir)).checks;
  await writeWhole(workspace.statePath('alerts-allowed'), allow ? wishHash(alerts) : '');
  return alertState(context);
}

/** Findings that fail now and did not before. */
export function newlyFailing(before: readonly Finding[], after: readonly Finding[]): readonly Finding[] {
  const bad = ({ verdict }: Finding) => verdict === 'fail' || verdict === 'error';
  const known = new Set(before.filter(bad).map(({ table, check }) => `${table} ${check}`));
  return after.filter((one) => bad(one) && !known.has(`${one.table} ${one.check}`));
}

/** Tells of rules that began to fail, as far as the workspace asks for it and this computer allows it. */
export async function tellFailures(context: Context, failing: readonly Finding[]): Promise<void> {
  if (failing.length === 0) return;
  const { desktop, command, webhook, allowed } = await alertState(context);
  const { name } = await readSettings(context.workspace.dir);
  const findings = failing.map(({ table, check, says, verdict, badRows, rowsRead, rowsJudged, reason }) => ({
    table,
    check,
    says: says.replaceAll('`', ''),
    verdict,
    badRows,
    rowsRead,
    rowsJudged,
    reason,
  }));
  const [first] = findings;
  const title = `${name}: ${failing.length === 1 ? 'a check fails' : `${failing.length} checks fail`}`;
  const detail = `${first?.table}: ${first?.says}${failing.length > 1 ? ' …' : ''}`;
  if (desktop) context.emit({ event: 'alert', title, detail });
  if (!allowed) return;
  const message = { workspace: name, text: `${title}. ${detail}`, findings };
  if (command !== null) await runAlertCommand(command, context.workspace.dir, message);
  if (webhook !== null) await postAlert(webhook, message);
}
