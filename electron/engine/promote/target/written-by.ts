import { type Sql, sql } from '../../../../shared/sql.ts';
import type { TargetSession } from '../connection/target-session.ts';

/** By which transactions the rows of a table came that are merged: a row that was written by another was changed since. */
export interface WrittenBy {
  /** Those of the rows that were promoted, and how many they were. */
  readonly ours: readonly string[];
  readonly rows: number;
  /** Those of the rows that stayed beside them. */
  readonly stayed: readonly string[];
}

/** The transactions that wrote the rows of a table. */
export async function transactionsOf(session: TargetSession, table: Sql): Promise<readonly string[]> {
  const rows = await session.query<{ by: string }>(
    sql`select distinct xmin::text as by from ${table} order by 1`,
  );
  return rows.map(({ by }) => by);
}
