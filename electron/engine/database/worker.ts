import { parentPort } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { type ProblemError, problem } from '../../../shared/problem.ts';
import { type Handlers, serve } from '../../../shared/wire.ts';
import { copyOut } from './copy-out.ts';
import { extensions } from './extensions.ts';
import { copyIn, installInputDevice } from './input-device.ts';
import { nodePort } from './node-port.ts';
import { workerContract } from './worker-contract.ts';

let opened: PGlite | undefined;

/** Arrow is loaded with them: at the first rows, not at the start. */
const statements = () => import('./statements.ts');

function db(): PGlite {
  if (!opened) throw problem('bug', 'The database is not open.');
  return opened;
}

interface DatabaseError extends Error {
  readonly code?: string;
  readonly position?: string;
  readonly hint?: string;
  readonly detail?: string;
}

/** PostgreSQL's own words, with the position it gave. */
function sqlProblem(thrown: unknown): unknown {
  const { message, code, position, hint, detail } = thrown as DatabaseError;
  if (!(thrown instanceof Error) || !code || !/^[0-9A-Z]{5}$/.test(code)) return thrown;
  const failed: ProblemError = problem('sql_failed', detail ? `${message} (${detail})` : message, {
    hint,
    at: { sqlstate: code, ...(position ? { position: Number(position) } : {}) },
    cause: thrown,
  });
  return failed;
}

const database: Handlers<typeof workerContract>['database'] = {
  async open({ dataDir, compiled }) {
    opened = await PGlite.create(dataDir, { extensions, ...compiled });
    installInputDevice(opened);
    return null;
  },
  async query({ text, params }) {
    const { rows, affectedRows } = await db().query<Record<string, unknown>>(text, params);
    return { rows, affected: affectedRows ?? 0 };
  },
  async script({ text }) {
    await db().exec(text);
    return null;
  },
  describe: async ({ text }) => (await statements()).describe(db(), text),
  plan: async ({ text }) => (await statements()).planStatement(db(), text),
  rows: async ({ text }) => (await statements()).selectRows(db(), text),
  written: async ({ text, limit }) => (await statements()).runWritten(db(), text, limit),
  copyOut: ({ text }) => copyOut(db(), text),
  copyIn: ({ text, bytes }) => copyIn(db(), text, bytes),
  async close() {
    await opened?.close();
    opened = undefined;
    return null;
  },
};

const translated = Object.fromEntries(
  Object.entries(database).map(([name, handler]) => [
    name,
    async (...args: Parameters<typeof handler>) => {
      try {
        return await (handler as (...all: unknown[]) => Promise<unknown>)(...args);
      } catch (thrown) {
        throw sqlProblem(thrown);
      }
    },
  ]),
) as unknown as typeof database;

if (parentPort) serve(workerContract, { database: translated }, nodePort(parentPort, true));
