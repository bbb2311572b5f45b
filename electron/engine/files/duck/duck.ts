import type { DuckDBConnection, DuckDBDataChunk, DuckDBInstance } from '@duckdb/node-api';
import { problem, stopIfCancelled } from '../../../../shared/problem.ts';
import { type Sql, sql, toText } from '../../../../shared/sql.ts';

/** A connection to DuckDB, which reads files and never holds a user's table. */
export interface Duck {
  /** All rows as arrays; integers beyond 2^53 as text. */
  rows(statement: Sql): Promise<readonly (readonly unknown[])[]>;
  /** Rows as they come, in the file's order, some thousand at a time; `rows` are as many as there must be. */
  chunks(statement: Sql, rows: number): AsyncGenerator<DuckDBDataChunk>;
}

let instance: Promise<DuckDBInstance> | undefined;

const settings = {
  memory_limit: '2GB',
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  preserve_insertion_order: 'true',
};

/** Loaded at the first file, not at the start: it is the largest library here. */
async function startDuck(): Promise<DuckDBInstance> {
  const { DuckDBInstance } = await import('@duckdb/node-api');
  return DuckDBInstance.create(':memory:', settings);
}

/** Lends a connection; a cancelled call interrupts what runs on it. */
export async function withDuck<T>(
  signal: AbortSignal | undefined,
  work: (duck: Duck) => Promise<T>,
): Promise<T> {
  instance ??= startDuck();
  const connection = await (await instance).connect();
  const interrupt = () => connection.interrupt();
  signal?.addEventListener('abort', interrupt, { once: true });
  try {
    return await work({
      rows: (statement) => translated(signal, () => allRows(connection, statement)),
      chunks: (statement, rows) => chunksOf(connection, statement, rows, signal),
    });
  } finally {
    signal?.removeEventListener('abort', interrupt);
    connection.closeSync();
  }
}

async function allRows(connection: DuckDBConnection, statement: Sql) {
  const reader = await connection.runAndReadAll(toText(statement));
  return reader.getRowsJS() as unknown[][];
}

async function* chunksOf(
  connection: DuckDBConnection,
  statement: Sql,
  rows: number,
  signal: AbortSignal | undefined,
) {
  const result = await translated(signal, () => connection.stream(toText(statement)));
  let come = 0;
  for (;;) {
    const chunk = await translated(signal, () => result.fetchChunk());
    if (!chunk || chunk.rowCount === 0) break;
    come += chunk.rowCount;
    yield chunk;
  }
  // A failure in mid-stream looks like the end of the rows: only asking all of it at once throws what happened.
  if (come < rows)
    await translated(signal, () =>
      allRows(connection, sql`select max(hash(columns(*))) from (${statement})`),
    );
}

async function translated<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  stopIfCancelled(signal);
  try {
    return await work();
  } catch (thrown) {
    stopIfCancelled(signal);
    // What follows an empty line quotes our own statement.
    const [said = ''] = String((thrown as Error).message).split('\n\n');
    throw problem('bad_input', `The file could not be read: ${said}`, {
      hint: 'It may be cut off or damaged. Copy or download it again; nothing was imported.',
      cause: thrown,
    });
  }
}
