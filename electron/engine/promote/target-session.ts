import type { Column } from '../../../shared/column.ts';
import type { Sql } from '../../../shared/sql.ts';

/** A table by its schema and name, with the columns that are sent. */
export interface TableShape {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly Column[];
}

/**
 * One connection to the place that is promoted to. A server and another workspace's folder differ in this file's
 * implementations and nowhere else.
 */
export interface TargetSession {
  /** For people and receipts: `PostgreSQL 15.20 at db.example:5432/shop`. */
  readonly server: string;
  query<Row = Record<string, unknown>>(statement: Sql): Promise<readonly Row[]>;
  run(statement: Sql): Promise<void>;
  /** All of it happens or nothing. */
  transaction(statements: readonly Sql[]): Promise<void>;
  /** Fills a table from pieces, each a complete binary COPY. Returns the number of rows. */
  fill(table: TableShape, pieces: AsyncIterable<Uint8Array>): Promise<number>;
  close(): Promise<void>;
}
