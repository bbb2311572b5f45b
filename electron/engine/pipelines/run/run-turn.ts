import { sql } from '../../../../shared/sql.ts';
import type { Database, Session } from '../../database/database.ts';

/**
 * A turn of a run. The scan of a large table may otherwise begin in its middle, and the order of rows would change from
 * run to run. More memory lets groups be hashed where PostgreSQL takes them for more than they are.
 */
export const runTurn = <T>(
  database: Database,
  title: string,
  signal: AbortSignal,
  work: (session: Session) => Promise<T>,
): Promise<T> =>
  database.use({ title, priority: 'background', signal }, async (session) => {
    await session.query(
      sql`select set_config('synchronize_seqscans', 'off', false), set_config('work_mem', '64MB', false)`,
    );
    try {
      return await work(session);
    } finally {
      await session.run(sql`reset work_mem`).catch(() => {});
    }
  });
