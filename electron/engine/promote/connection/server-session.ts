import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Target } from '../../../../shared/contract/workspace.ts';
import { ident, names, type Sql, sql, toText } from '../../../../shared/sql.ts';
import { configOf } from './connection-config.ts';
import { plainTexts } from './plain-texts.ts';
import { refusePooler } from './pooler.ts';
import { cancelled, serverProblem } from './server-problem.ts';
import type { TableShape, TargetSession } from './target-session.ts';

/** So many seconds may a statement take, unless the target says otherwise. */
const usualPatience = 3600;
/** A commit that is on its way is not called back; after so long nobody waits for its answer any more. */
const commitPatience = 5_000;

/** Connects to a PostgreSQL server; the password stays in memory. */
export async function connectServer(
  target: Target,
  password: string | undefined,
  signal: AbortSignal,
  name = 'assay',
): Promise<TargetSession> {
  const place = `${target.host ?? 'localhost'}:${target.port ?? 5432}/${target.database ?? 'postgres'}`;
  const config = configOf(target, password, name);
  const connection = new Connection(config, signal, place, target.patience);
  const { version, process } = await connection.open();
  try {
    await unlessAborted(refusePooler(config, process, place), signal);
  } catch (thrown) {
    await connection.close();
    throw thrown;
  }
  return {
    server: `PostgreSQL ${version.split(' ')[0]} at ${place}`,
    query: async <Row>(statement: Sql) => (await connection.send(statement)).rows as readonly Row[],
    run: async (statement) => void (await connection.send(statement)),
    transaction: (statements) => allOrNothing(connection, statements),
    append: (table, piece, mark) => connection.append(table, piece, mark),
    close: () => connection.close(),
  };
}

/** The client, what it was told when it broke, and how long silence is borne. */
class Connection {
  readonly #client: pg.Client;
  readonly #signal: AbortSignal;
  readonly #place: string;
  readonly #patience: number;
  #lost: unknown;
  #connected = false;
  #committing = false;

  constructor(config: pg.ClientConfig, signal: AbortSignal, place: string, patience = usualPatience) {
    this.#client = new pg.Client(config);
    this.#signal = signal;
    this.#place = place;
    this.#patience = patience;
    this.#client.on('error', (error) => {
      this.#lost ??= error;
    });
  }

  // Ending the connection is the one thing that stops a statement at once; the server rolls back by itself.
  readonly #hangUp = () => {
    if (this.#committing) setTimeout(() => this.#destroy(), commitPatience).unref();
    else this.#destroy();
  };

  async open(): Promise<{ readonly version: string; readonly process: number }> {
    this.#signal.addEventListener('abort', this.#hangUp, { once: true });
    const settings = [
      sql`set lock_timeout = '5s'`,
      sql`set idle_in_transaction_session_timeout = '10min'`,
      sql`set statement_timeout = ${`${Math.ceil(this.#patience * 1000)}ms`}`,
      sql`set client_min_messages = 'warning'`,
      ...plainTexts,
    ];
    try {
      await this.#guarded(() => unlessAborted(this.#client.connect(), this.#signal));
      this.#connected = true;
      await this.send(settings);
      const { rows } = await this.send(
        sql`select current_setting('server_version') as version, pg_backend_pid() as process`,
      );
      return rows[0] as { version: string; process: number };
    } catch (thrown) {
      this.#signal.removeEventListener('abort', this.#hangUp);
      this.#destroy();
      throw thrown;
    }
  }

  /** Several statements go as one message: one way there and back. */
  send(statements: Sql | readonly Sql[]): Promise<{ rows: unknown[] }> {
    const list = Array.isArray(statements) ? statements : [statements as Sql];
    return this.#guarded(() => this.#client.query(list.map(toText).join(';\n')));
  }

  /** Whoever cancels meanwhile comes too late: what is done is told as done. */
  async commit(): Promise<void> {
    try {
      await this.#guarded(() => {
        this.#committing = true;
        return this.#client.query('commit');
      });
    } finally {
      this.#committing = false;
    }
  }

  append({ schema, name, columns }: TableShape, piece: Uint8Array, mark: Sql): Promise<void> {
    const list = names(columns.map((column) => column.name));
    const copy = sql`copy ${ident(schema, name)} (${list}) from stdin (format binary)`;
    return this.#guarded(async () => {
      await this.#client.query('begin');
      try {
        await copied(this.#client, toText(copy), piece);
        await this.#client.query(toText(mark));
        await this.#client.query('commit');
      } catch (thrown) {
        await this.#client.query('rollback').catch(() => {});
        throw thrown;
      }
    });
  }

  async #guarded<T>(work: () => Promise<T>): Promise<T> {
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<never>((_, reject) => {
      const told = () => {
        reject(new Error('The server fell silent'));
        this.#destroy();
      };
      timer = setTimeout(told, (this.#patience * 1.2 + 1) * 1000).unref();
    });
    try {
      this.#signal.throwIfAborted();
      return await Promise.race([work(), silence]);
    } catch (thrown) {
      if (this.#signal.aborted) throw cancelled(this.#committing);
      const code = (thrown as { code?: string }).code;
      throw serverProblem(code === undefined ? (this.#lost ?? thrown) : thrown, this.#place, this.#connected);
    } finally {
      clearTimeout(timer);
    }
  }

  #destroy(): void {
    const { stream } = this.#client.connection as unknown as { stream?: { destroy(): void } };
    stream?.destroy();
  }

  async close(): Promise<void> {
    this.#signal.removeEventListener('abort', this.#hangUp);
    if (this.#lost === undefined && !this.#signal.aborted) {
      const patient = new Promise((resolve) => setTimeout(resolve, 2000).unref());
      await Promise.race([this.#client.end().catch(() => {}), patient]);
    }
    this.#destroy();
  }
}

function copied(client: pg.Client, text: string, piece: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    const into = client.query(copyFrom(text));
    into.once('finish', resolve).once('error', reject);
    into.end(piece);
  });
}

/** Connecting tells of nothing when the client is ended meanwhile. */
async function unlessAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Whatever the database's own level is: what others commit while a lock is waited for has to be seen. */
const begin = sql`begin isolation level read committed`;

async function allOrNothing(connection: Connection, statements: readonly Sql[]): Promise<void> {
  try {
    await connection.send([begin, ...statements]);
  } catch (thrown) {
    await connection.send(sql`rollback`).catch(() => {});
    throw thrown;
  }
  await connection.commit();
}
