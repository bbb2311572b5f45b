import { mkdir } from 'node:fs/promises';
import type { DuckDBConnection, DuckDBInstance, DuckDBValue } from '@duckdb/node-api';
import { problem } from '../../../shared/problem.ts';
import { ident, type Sql, sql, toText } from '../../../shared/sql.ts';

/** A connection to the copies. */
export interface Columnar {
  run(statement: Sql): Promise<void>;
  /** Small results: integers as bigint, where they are 64 bits wide. */
  rows(statement: Sql): Promise<readonly (readonly DuckDBValue[])[]>;
  /** One array of values for each column. */
  columns(statement: Sql): Promise<readonly (readonly DuckDBValue[])[]>;
  /** How much of the running statement is done, from 0 to 1; less than 0 where that is not known. */
  done(): number;
}

/** One DuckDB for all copies of a workspace, with the files of tables attached to it. */
export class DuckFiles {
  readonly #scratch: string;
  #instance: Promise<DuckDBInstance> | undefined;
  #closed = false;
  readonly #running = new Set<DuckDBConnection>();

  constructor(scratch: string) {
    this.#scratch = scratch;
  }

  /** Lends a connection; an aborted signal interrupts what runs on it. */
  async use<T>(signal: AbortSignal | undefined, work: (columnar: Columnar) => Promise<T>): Promise<T> {
    const connection = await (await this.#start()).connect();
    const interrupt = () => connection.interrupt();
    signal?.addEventListener('abort', interrupt, { once: true });
    this.#running.add(connection);
    const read = (statement: Sql) =>
      this.#translated(signal, () => connection.runAndReadAll(toText(statement)));
    try {
      return await work({
        run: async (statement) =>
          void (await this.#translated(signal, () => connection.run(toText(statement)))),
        rows: async (statement) => (await read(statement)).getRows(),
        columns: async (statement) => (await read(statement)).getColumns(),
        done: () => connection.progress.percentage / 100,
      });
    } finally {
      signal?.removeEventListener('abort', interrupt);
      this.#running.delete(connection);
      connection.closeSync();
    }
  }

  attach = (file: string, name: string, mode: 'read' | 'write'): Promise<void> =>
    this.use(undefined, ({ run }) =>
      run(sql`attach ${file} as ${ident(name)}${mode === 'read' ? sql` (read_only)` : sql``}`),
    );

  detach = (name: string): Promise<void> => this.use(undefined, ({ run }) => run(sql`detach ${ident(name)}`));

  /** Stops what runs; files that were whole stay whole. */
  close(): void {
    this.#closed = true;
    for (const connection of this.#running) connection.interrupt();
    void this.#instance?.then(
      (instance) => this.#running.size === 0 && instance.closeSync(),
      () => {},
    );
  }

  get closed(): boolean {
    return this.#closed;
  }

  #start(): Promise<DuckDBInstance> {
    if (this.#closed) throw problem('cancelled', 'The workspace is closed.');
    this.#instance ??= this.#create();
    return this.#instance;
  }

  async #create(): Promise<DuckDBInstance> {
    await mkdir(this.#scratch, { recursive: true });
    const { DuckDBInstance } = await import('@duckdb/node-api');
    return DuckDBInstance.create(':memory:', {
      memory_limit: '1GB',
      temp_directory: this.#scratch,
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      preserve_insertion_order: 'true',
    });
  }

  async #translated<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
    const cancelled = () => problem('cancelled', 'Cancelled; nothing was changed.');
    if (signal?.aborted || this.#closed) throw cancelled();
    try {
      return await work();
    } catch (thrown) {
      if (signal?.aborted || this.#closed) throw cancelled();
      // After an error of this kind nothing more runs in that instance.
      if (/FATAL|has been invalidated/i.test(String((thrown as Error).message))) this.#instance = undefined;
      throw thrown;
    }
  }
}
