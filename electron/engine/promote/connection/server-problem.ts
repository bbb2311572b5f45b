import { type ProblemError, problem } from '../../../../shared/problem.ts';
import { LostConnection } from './target-session.ts';

interface ServerError extends Error {
  readonly code?: string;
  readonly hint?: string;
  readonly detail?: string;
}

const hints: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Is the server running, and are host and port right?',
  ENOTFOUND: 'The host name is not known: check it, and the network.',
  EAI_AGAIN: 'The host name could not be looked up: check it, and the network.',
  ETIMEDOUT: 'The server did not answer: check host, port and firewall.',
  EHOSTUNREACH: 'There is no way to the host: check the network and the firewall.',
  '28P01': 'The password is wrong, or the user does not exist.',
  '28000': 'The server does not let this user in from here: see its pg_hba.conf.',
  '3D000': 'Create the database first, or name another one.',
  '40001': 'Nothing was swapped in. Look at the new plan, then promote again.',
  '42501': 'The user lacks a right: probe the target to see which, and the GRANT that gives it.',
  '54011': 'A table on a server has at most 1,600 columns: leave some out, or keep no history of it there.',
  '55P03': 'Something on the server holds a lock on the table. Try again later.',
  '57014': 'It took longer than the target allows; its `patience` in assay.yaml is in seconds.',
  '53100': 'The server’s disk is full. The target is as it was before.',
  '53300': 'The server has no free connection: try again later.',
  '23505': 'The old table demands it: mend the rows here, or drop the key there.',
  '23502': 'The old table demands it: mend the rows here, or drop the constraint there.',
  '23503': 'A key there demands it: promote the rows that belong together, or drop the key there.',
  '23514': 'The old table demands it: mend the rows here, or drop the constraint there.',
  '42P16': 'A view there shows columns that are others now: change the view first.',
};

const lostHint = 'The connection was lost. The target is as it was before; promote again.';
const lostCodes = /^(57P0[1-5]|08...|ECONNRESET|EPIPE|ETIMEDOUT|ECONNABORTED|EHOSTUNREACH|ENETUNREACH)$/;
const lostWords = /terminat|not queryable|closed|ended unexpectedly|fell silent/i;

/** What a server or the network said, as a problem that says what to do. `connected` tells a broken connection from none. */
export function serverProblem(thrown: unknown, place: string, connected: boolean): Error {
  if (!(thrown instanceof Error) || 'problem' in thrown) return thrown as Error;
  const { message, code = '', hint, detail } = thrown as ServerError;
  if (/password must be a string/i.test(message)) return passwordMissing(place, thrown);
  const lost =
    connected && (lostCodes.test(code) || (!/^[0-9A-Z]{5}$/.test(code) && lostWords.test(message)));
  const known = demanded.find(([pattern]) => pattern.test(message))?.[1] ?? hints[code] ?? tlsHint(message);
  const made: ProblemError = problem('server_failed', `${place}: ${message}${detail ? ` (${detail})` : ''}`, {
    hint: lost ? lostHint : (known ?? (lostWords.test(message) ? hints['ETIMEDOUT'] : hint)),
    at: { ...(/^[0-9A-Z]{5}$/.test(code) ? { sqlstate: code } : {}) },
    cause: thrown,
  });
  return lost ? new LostConnection(made.problem, { cause: thrown }) : made;
}

/** What a server says whose pg_hba.conf lets nobody in unencrypted, or without a certificate. */
const demanded: readonly [RegExp, string][] = [
  [
    /no encryption|SSL off/,
    'The server wants encrypted connections: set the target’s TLS to verify-full, or to require where its certificate cannot be verified.',
  ],
  [
    /client certificate|certificate authentication failed/,
    'The server wants a certificate that is made for this user: name its files (`cert` and `key`) in the target.',
  ],
];

const tlsWords: readonly [RegExp, string][] = [
  [/expired/i, 'The server’s certificate has expired: renew it. It is not trusted until then.'],
  [
    /self.signed|unable to (verify|get)/i,
    'Nobody this machine trusts has signed the certificate: name the file of its authority (`ca`) in the target.',
  ],
  [/altnames|does not match/i, 'The certificate is for another host: use the name that it is made for.'],
  [/SSL|TLS|certificate/i, 'Set the target’s TLS to fit the server: verify-full, require or disable.'],
];

const tlsHint = (message: string) => tlsWords.find(([pattern]) => pattern.test(message))?.[1];

/** The driver says this in words of its own protocol. */
const passwordMissing = (place: string, cause: Error) =>
  problem('server_failed', `${place}: the server asks for a password, and none was given.`, {
    hint: 'Type it in the Promote view; on the command line set PGPASSWORD, or write it to ~/.pgpass.',
    cause,
  });

/** What somebody who cancelled is told. */
export function cancelled(committing: boolean): Error {
  if (!committing) return problem('cancelled', 'Cancelled: the target is as it was before.');
  return problem('server_failed', 'Cancelled while it was swapped in, and the server did not answer.', {
    hint: 'The target holds the old state or the new one, whole: plan again to see which.',
  });
}
