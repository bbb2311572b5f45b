import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Target } from '../../../shared/contract/workspace.ts';
import { type Problem, type ProblemError, problem } from '../../../shared/problem.ts';
import { ident, names, type Sql, sql, toText } from '../../../shared/sql.ts';
import { oneStream } from './copy-pieces.ts';
import { plainTexts } from './plain-texts.ts';
import type { TargetSession } from './target-session.ts';

/** So long may a lock be waited for, and a statement of the swap run: a busy table is never blocked for long. */
const patience = [sql`set lock_timeout = '5s'`, sql`set idle_in_transaction_session_timeout = '60s'`];

/** Connects to a PostgreSQL server; the password stays in memory. */
export async function connectServer(
  target: Target,
  password: string | undefined,
  signal: AbortSignal,
): Promise<TargetSession> {
  const client = new pg.Client(configOf(target, password));
  let lost: unknown;
  client.on('error', (error) => {
    lost = error;
  });
  const place = `${target.host ?? 'localhost'}:${target.port ?? 5432}/${target.database ?? 'postgres'}`;
  const guarded = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      signal.throwIfAborted();
      return await work();
    } catch (thrown) {
      if (signal.aborted) throw problem('cancelled', 'Cancelled: the target is as it was before.');
      throw serverProblem(lost ?? thrown, place);
    }
  };
  const send = (statement: Sql) => guarded(() => client.query(toText(statement)));
  // Ending the connection is the one thing that stops a statement at once; the server rolls back by itself.
  const hangUp = () => void client.end().catch(() => {});
  signal.addEventListener('abort', hangUp, { once: true });
  const prepare = async () => {
    await guarded(() => Promise.race([client.connect(), aborted(signal)]));
    for (const setting of [...patience, ...plainTexts]) await send(setting);
    return send(sql`select current_setting('server_version') as version`);
  };
  const { rows } = await prepare().catch((thrown: unknown) => {
    hangUp();
    throw thrown;
  });
  return {
    server: `PostgreSQL ${String(rows[0]?.version).split(' ')[0]} at ${place}`,
    query: async <Row>(statement: Sql) => (await send(statement)).rows as readonly Row[],
    run: async (statement) => void (await send(statement)),
    transaction: (statements) => allOrNothing(client, send, statements, place),
    fill: ({ schema, name, columns }, pieces) =>
      guarded(async () => {
        const list = names(columns.map((column) => column.name));
        const into = client.query(
          copyFrom(toText(sql`copy ${ident(schema, name)} (${list}) from stdin (format binary)`)),
        );
        await pipeline(Readable.from(oneStream(pieces)), into);
        return into.rowCount;
      }),
    close: async () => {
      signal.removeEventListener('abort', hangUp);
      await client.end().catch(() => {});
    },
  };
}

/** Connecting tells of nothing when the client is ended meanwhile. */
const aborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });

async function allOrNothing(
  client: pg.Client,
  send: (statement: Sql) => Promise<unknown>,
  statements: readonly Sql[],
  place: string,
): Promise<void> {
  await send(sql`begin`);
  try {
    for (const statement of statements) await send(statement);
  } catch (thrown) {
    await client.query('rollback').catch(() => {});
    throw thrown;
  }
  await commit(client, place);
}

async function commit(client: pg.Client, place: string): Promise<void> {
  await client.query('commit').catch((thrown: Error) => {
    throw problem('server_failed', `${place}: ${thrown.message}, while the swap was being committed.`, {
      hint: 'It is not known whether it happened: verify tells.',
      cause: thrown,
    });
  });
}

function configOf(target: Target, password: string | undefined): pg.ClientConfig {
  const tls = target.tls ?? 'verify-full';
  return {
    host: target.host ?? 'localhost',
    port: target.port ?? 5432,
    database: target.database ?? 'postgres',
    ...(target.user ? { user: target.user } : {}),
    ...(password ? { password } : {}),
    ssl: tls === 'disable' ? false : { rejectUnauthorized: tls === 'verify-full' },
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
    application_name: 'assay',
  };
}

interface ServerError extends Error {
  readonly code?: string;
  readonly hint?: string;
  readonly detail?: string;
}

const hints: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'Is the server running, and are host and port right?',
  ENOTFOUND: 'The host name is not known: check it, and the network.',
  ETIMEDOUT: 'The server did not answer: check host, port and firewall.',
  '28P01': 'The password is wrong, or the user does not exist.',
  '28000': 'The server does not let this user in from here: see its pg_hba.conf.',
  '3D000': 'Create the database first, or name another one.',
  '42501': 'The user lacks a right: the database’s owner can run: grant create on database DATABASE to USER;',
  '55P03': 'Something on the server holds a lock on the table. Try again later.',
  '53100': 'The server’s disk is full.',
};

function serverProblem(thrown: unknown, place: string): ProblemError | Error {
  const { message, code = '', hint, detail } = thrown as ServerError & { problem?: Problem };
  if (!(thrown instanceof Error) || 'problem' in thrown) return thrown as Error;
  if (/password must be a string/i.test(message)) return passwordMissing(place, thrown);
  const tls = /SSL|certificate|self.signed/i.test(message)
    ? 'Set the target’s TLS to fit the server: verify-full, require or disable.'
    : undefined;
  const lost = /terminat|ECONNRESET|EPIPE|closed|57P01/i.test(`${message} ${code}`)
    ? 'The connection was lost. The target is as it was before; promote again.'
    : undefined;
  return problem('server_failed', `${place}: ${message}${detail ? ` (${detail})` : ''}`, {
    hint: hints[code] ?? tls ?? lost ?? hint,
    at: { ...(/^[0-9A-Z]{5}$/.test(code) ? { sqlstate: code } : {}) },
    cause: thrown,
  });
}

/** The driver says this in words of its own protocol. */
const passwordMissing = (place: string, cause: Error) =>
  problem('server_failed', `${place}: the server asks for a password, and none was given.`, {
    hint: 'Type it in the Promote view; on the command line set PGPASSWORD, or write it to ~/.pgpass.',
    cause,
  });
