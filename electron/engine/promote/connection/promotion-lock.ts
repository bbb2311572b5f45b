import { problem } from '../../../../shared/problem.ts';
import { sql } from '../../../../shared/sql.ts';
import type { TargetSession } from './target-session.ts';

const tries = 40;

/**
 * Two promotions to one database must not meet. A connection of this workspace that still holds the lock is a dead
 * one, whose end the server has not heard of: a workspace is open once, and promotes one at a time. It is ended.
 */
export async function takePromotionLock(session: TargetSession): Promise<void> {
  for (let attempt = 1; attempt <= tries; attempt++) {
    const [row] = await session.query<{ taken: boolean }>(
      sql`select pg_try_advisory_lock(hashtextextended('assay promotion', 0)) as taken`,
    );
    if (row?.taken) return;
    if (!(await endOwn(session))) break;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw problem('locked', 'Another promotion to this target is under way.', {
    hint: 'Wait until it has ended.',
  });
}

async function endOwn(session: TargetSession): Promise<boolean> {
  const ended = await session.query(sql`
    select pg_terminate_backend(l.pid) as ended from pg_locks l join pg_stat_activity a on a.pid = l.pid,
      (select hashtextextended('assay promotion', 0) as key) as k
    where l.locktype = 'advisory' and l.granted and l.database = (select oid from pg_database where datname = current_database())
      and ((l.classid::bigint << 32) | l.objid::bigint) = k.key and l.objsubid = 1
      and a.pid <> pg_backend_pid() and a.usename = current_user
      and a.application_name = current_setting('application_name') and a.application_name like 'assay %'`);
  return ended.length > 0;
}

const busy = new Map<string, string>();

/** Lets one promotion at a time go out of a workspace: two targets may be one database, where each would end the other. */
export async function oneAtATime<T>(workspace: string, target: string, work: () => Promise<T>): Promise<T> {
  const under = busy.get(workspace);
  if (under !== undefined) {
    throw problem('locked', `A promotion to "${under}" is under way in this window.`, {
      hint: 'Wait until it has ended, or cancel it.',
    });
  }
  busy.set(workspace, target);
  try {
    return await work();
  } finally {
    busy.delete(workspace);
  }
}
