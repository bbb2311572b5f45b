import { type Sql, sql } from '../../../../shared/sql.ts';
import type { TargetSession } from '../connection/target-session.ts';
import type { Noted } from './ledger.ts';

/** By which transactions the rows of a table came that are merged: a row that was written by another was changed since. */
export interface WrittenBy {
  /** Those of the rows that were promoted, and how many they were. */
  readonly ours: readonly string[];
  readonly rows: number;
  /** Those of the rows that stayed beside them. */
  readonly stayed: readonly string[];
}

/** Under what name it is noted, beside the checksums of columns. */
export const writtenBy = '(written by)';

/** The transactions that wrote the rows of a table. */
export async function transactionsOf(session: TargetSession, table: Sql): Promise<readonly string[]> {
  const rows = await session.query<{ by: string }>(
    sql`select distinct xmin::text as by from ${table} order by 1`,
  );
  return rows.map(({ by }) => by);
}

/** What was noted of it; undefined where nothing was. */
export function writtenAs({ checksums }: Noted): WrittenBy | undefined {
  const noted = checksums[writtenBy];
  return noted === undefined ? undefined : (JSON.parse(noted) as WrittenBy);
}
