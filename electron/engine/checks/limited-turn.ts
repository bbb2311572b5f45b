import { type Problem, problem, stopIfCancelled, toProblem } from '../../../shared/problem.ts';
import { type Sql, sql } from '../../../shared/sql.ts';
import type { Database, Session } from '../database/database.ts';
import type { CheckedTable } from './checked-table.ts';

/** What the checking of one table needs besides its rules. */
export interface Counting {
  readonly database: Database;
  readonly table: CheckedTable;
  readonly signal: AbortSignal;
  /** Seconds that no rule may take longer than, whatever it says: nobody asked for the run. */
  readonly most?: number | undefined;
}

/** Seconds that a rule may take where it does not say. */
export const usualLimit = 120;

/** Smaller tables fit anyway. */
const largeBlocks = 512;

/** Grouping and sorting in memory is several times faster than by temporary files. */
const moreMemory = sql`set work_mem = '192MB'`;
const usualMemory = sql`reset work_mem`;

/**
 * A turn of the database that is stopped after so many seconds, not counting the wait for it. Stopping opens the
 * database anew, as a cancel does.
 */
export async function limitedTurn<T>(
  { database, table, signal, most = Number.POSITIVE_INFINITY }: Counting,
  wanted: number,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const over = new AbortController();
  const seconds = Math.min(wanted, most);
  let timer: NodeJS.Timeout | undefined;
  const options = {
    title: `Checking ${table.name}`,
    priority: 'background',
    signal: AbortSignal.any([signal, over.signal]),
  } as const;
  try {
    return await database.use(options, async (session) => {
      timer = setTimeout(() => over.abort(), seconds * 1000);
      if (table.blocks < largeBlocks) return work(session);
      await session.run(moreMemory);
      const result = await work(session);
      clearTimeout(timer);
      await session.run(usualMemory);
      return result;
    });
  } catch (thrown) {
    if (!over.signal.aborted || signal.aborted) throw thrown;
    throw problem('sql_failed', `It took longer than ${seconds} s and was stopped.`, {
      hint:
        seconds < wanted
          ? 'By itself a rule runs no longer than that: run it to wait for it.'
          : 'Give the rule a longer time limit, or a condition on its rows.',
    });
  } finally {
    clearTimeout(timer);
  }
}

/** One row of one statement, within a time limit. */
export const oneWithin = <Row>(counting: Counting, seconds: number, statement: Sql): Promise<Row> =>
  limitedTurn(counting, seconds, (session) => session.one<Row>(statement));

/** The reason for which one rule cannot be evaluated; being cancelled is none, it ends the run. */
export function failure(thrown: unknown, signal: AbortSignal): Problem {
  const failed = toProblem(thrown);
  if (failed.code === 'cancelled') throw thrown;
  stopIfCancelled(signal, 'The checks were cancelled.');
  return failed;
}
