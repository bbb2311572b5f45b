import type { Column } from '../../../../shared/column.ts';
import { toProblem } from '../../../../shared/problem.ts';
import { sql } from '../../../../shared/sql.ts';
import { sameInCopy, type View } from '../../../../shared/view/view.ts';
import type { Copies, Looked } from '../../columns/copies.ts';
import type { Database } from '../../database/database.ts';
import { askedOfCopy, askedOfPostgres, textsOf } from './asked.ts';
import type { Asked } from './profile-column.ts';
import { copyReading, postgresReading, type Reading } from './readings.ts';

/** A column of a table to be asked about, and over which rows. */
export interface ColumnQuestion {
  readonly looked: Looked;
  readonly view: View;
  readonly column: Column;
  readonly title: string;
  readonly signal: AbortSignal;
  /** Of all rows only about so large a share. */
  readonly share?: number;
}

/** Asks about columns: a table's copy, where it may be asked about this column and these filters; else PostgreSQL. */
export class ColumnAsker {
  readonly #database: Database;
  readonly #copies: Copies;

  constructor(database: Database, copies: Copies) {
    this.#database = database;
    this.#copies = copies;
  }

  async ask<T>(
    { looked: { table, copy }, view, column, title, signal, share }: ColumnQuestion,
    work: (asked: Asked, reading: Reading) => Promise<T>,
  ): Promise<T> {
    const copied = copy?.columns.get(column.name);
    const comparable = copied && (copied.key !== null || !postgresReading(column).ordered);
    if (copy && copied && comparable && sameInCopy(view, (name) => copy.columns.get(name))) {
      try {
        return await this.#copies.files.use(signal, ({ rows }) => {
          const ask: Asked['rows'] = async (statement) => textsOf(await rows(statement));
          return work(askedOfCopy(copy, view, ask, share), copyReading(copied));
        });
      } catch (thrown) {
        if (toProblem(thrown).code === 'cancelled') throw thrown;
        await this.#copies.failed(copy, thrown);
      }
    }
    return this.#database.transaction(
      {
        title: `${title}: ${column.name}`,
        // A sample is waited for by who has just opened a table, behind the rows of it.
        priority: share === undefined ? 'background' : 'beside',
        signal,
        reads: true,
      },
      async (session) => {
        if (share === undefined) await session.run(sql`set local work_mem = '64MB'`);
        return work(askedOfPostgres(session, table, view, share), postgresReading(column));
      },
    );
  }
}
