import type { Column } from '../../../shared/column.ts';
import type { StatementResult } from '../../../shared/contract/query.ts';
import { problem } from '../../../shared/problem.ts';
import { type Sql, toQuery, toText } from '../../../shared/sql.ts';
import type { PlannedStatement, RowsAsArrow } from './worker-contract.ts';
import type { WorkerHandle } from './worker-handle.ts';

/** What can be done with the connection while one has it. */
export interface Session {
  /** Few rows as objects, for the catalog. */
  query<Row = Record<string, unknown>>(statement: Sql): Promise<readonly Row[]>;
  /** Exactly one row; none or several is a bug. */
  one<Row = Record<string, unknown>>(statement: Sql): Promise<Row>;
  /** One row or none. */
  maybeOne<Row = Record<string, unknown>>(statement: Sql): Promise<Row | undefined>;
  /** Runs a statement; the number of rows it affected. */
  run(statement: Sql): Promise<number>;
  /** A text of several statements from our own files, never from an analyst. */
  script(text: string): Promise<void>;
  /** Plans a statement without running it. */
  describe(statement: Sql): Promise<readonly Column[]>;
  /** Plans one statement as an analyst wrote it, with `$1` … for its parameters. Only the query room calls this. */
  plan(text: string): Promise<PlannedStatement>;
  /** A SELECT's rows as Arrow IPC bytes. */
  rows(statement: Sql): Promise<RowsAsArrow>;
  /** One statement as an analyst wrote it. Only the query room calls this. */
  written(text: string, limit: number): Promise<StatementResult>;
  /** `copy … to stdout …`: the bytes. */
  copyOut(statement: Sql): Promise<Uint8Array>;
  /** `copy … from '/dev/blob' …`: the number of rows read from `bytes`. */
  copyIn(statement: Sql, bytes: Uint8Array): Promise<number>;
}

/** The worker's calls in terms of `Sql`. */
export function sessionOf(calls: WorkerHandle['calls']): Session {
  const query = async <Row>(statement: Sql) => (await calls.query(toQuery(statement))).rows as readonly Row[];
  const maybeOne = async <Row>(statement: Sql) => {
    const rows = await query<Row>(statement);
    if (rows.length > 1) throw problem('bug', `Expected one row, got ${rows.length}.`);
    return rows[0];
  };
  return {
    query,
    maybeOne,
    one: async <Row>(statement: Sql) => {
      const row = await maybeOne<Row>(statement);
      if (row === undefined) throw problem('bug', 'Expected one row, got none.');
      return row;
    },
    run: async (statement) => (await calls.query(toQuery(statement))).affected,
    script: async (text) => void (await calls.script({ text })),
    describe: (statement) => calls.describe({ text: toText(statement) }),
    plan: (text) => calls.plan({ text }),
    rows: (statement) => calls.rows({ text: toText(statement) }),
    written: (text, limit) => calls.written({ text, limit }),
    copyOut: (statement) => calls.copyOut({ text: toText(statement) }),
    copyIn: (statement, bytes) => calls.copyIn({ text: toText(statement), bytes }),
  };
}
