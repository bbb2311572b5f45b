import { spawn } from 'node:child_process';
import { problem } from '../../../../shared/problem.ts';
import type { AlertMessage } from './alerts.ts';

const patience = 30_000;

/** Runs a command line of the user's own with what failed as JSON on its standard input. */
export function runAlertCommand(command: string, dir: string, message: AlertMessage): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, {
      cwd: dir,
      shell: true,
      stdio: ['pipe', 'ignore', 'ignore'],
      timeout: patience,
      windowsHide: true,
    });
    child.on('error', (cause) => reject(failed(`could not be started: ${cause.message}`)));
    child.on('close', (code) =>
      code === 0 ? resolve() : reject(failed(`ended with ${code ?? 'a signal'}`)),
    );
    // A command that does not read its input is fine.
    child.stdin.on('error', () => {});
    child.stdin.end(JSON.stringify(message));
  });
}

const failed = (how: string) =>
  problem('bad_input', `The command that tells of failing checks ${how}.`, {
    hint: 'Look at checks: alerts: command in assay.yaml.',
  });

/** Posts what failed as JSON to an address of the user's own. */
export async function postAlert(address: string, message: AlertMessage): Promise<void> {
  const answer = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(message),
    // It is told to the address that was written, and to no other that this one names.
    redirect: 'error',
    signal: AbortSignal.timeout(patience),
  }).catch((cause: Error) => cause);
  if (answer instanceof Error || !answer.ok) {
    const how = answer instanceof Error ? answer.message : `answered ${answer.status}`;
    throw problem('server_failed', `The address that is told of failing checks did not take it: ${how}.`, {
      hint: 'Look at checks: alerts: webhook in assay.yaml.',
    });
  }
}
