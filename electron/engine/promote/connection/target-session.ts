import type { Column } from '../../../../shared/column.ts';
import { ProblemError } from '../../../../shared/problem.ts';
import type { Sql } from '../../../../shared/sql.ts';

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
  /** Adds a piece, a complete binary COPY, to a table and runs `mark`: both happen or nothing. */
  append(table: TableShape, piece: Uint8Array, mark: Sql): Promise<void>;
  close(): Promise<void>;
}

/** Told where the connection broke: what was under way may have happened or not. */
export class LostConnection extends ProblemError {}
