import pg from 'pg';
import { problem } from '../../../../shared/problem.ts';

/**
 * Refuses a pooler that lends a connection for one transaction at a time: what a promotion holds on to (its lock, its
 * settings, its temporary views) would be another's by the next. Two connections that are open at once have one process
 * on the server each; behind such a pooler, while nothing runs, the second gets that of the first.
 */
export async function refusePooler(config: pg.ClientConfig, process: number, place: string): Promise<void> {
  const other = await processOfAnother(config);
  if (other !== process) return;
  throw problem(
    'server_failed',
    `${place} is a pooler that lends connections for one transaction at a time.`,
    {
      hint: 'Name the server’s own host and port in the target, or those of the pooler in session mode.',
    },
  );
}

/** A server without room for a second connection is no reason to stop. */
async function processOfAnother(config: pg.ClientConfig): Promise<number | undefined> {
  const client = new pg.Client(config);
  client.on('error', () => {});
  try {
    await client.connect();
    const { rows } = await client.query<{ process: number }>('select pg_backend_pid() as process');
    return rows[0]?.process;
  } catch {
    return undefined;
  } finally {
    await client.end().catch(() => {});
  }
}
