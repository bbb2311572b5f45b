import type { Interrupted } from '../../../shared/contract/promote.ts';
import { sql } from '../../../shared/sql.ts';
import type { Context } from '../context.ts';
import { LostConnection } from './connection/target-session.ts';

type Own = Pick<Context, 'database'>;
type Begun = Pick<Interrupted, 'id' | 'action' | 'target'>;

/** What this process does now. All else that stands noted was cut off. */
const running = new Set<string>();

/**
 * Does what stays noted until its end is known: who opens the workspace after it was killed, or never heard what became
 * of it, is told. Its end leaves nothing open of those before it to the same target.
 */
export async function untilItsEnd<T>(
  { database }: Own,
  { id, action, target }: Begun,
  work: () => Promise<T>,
): Promise<T> {
  running.add(id);
  try {
    const done = await work();
    await database.run(sql`delete from assay.promotions_under_way where target = ${target}`);
    return done;
  } catch (thrown) {
    if (!(thrown instanceof LostConnection)) await forget({ database }, { id, action });
    throw thrown;
  } finally {
    running.delete(id);
  }
}

/** Notes that it begins, or that from now on the target may be the new one already. */
export const noteStage = ({ database }: Own, one: Omit<Interrupted, 'startedAt'>): Promise<unknown> =>
  database.run(sql`
    insert into assay.promotions_under_way (id, action, target, objects, stage, started_at)
    values (${one.id}, ${one.action}, ${one.target}, ${JSON.stringify(one.objects)}::jsonb, ${one.stage}, now())
    on conflict (id, action) do update set stage = excluded.stage`);

/** Nothing is left to say of it. */
export const forget = ({ database }: Own, { id, action }: Pick<Begun, 'id' | 'action'>): Promise<unknown> =>
  database.run(sql`delete from assay.promotions_under_way where id = ${id} and action = ${action}`);

/** What was cut off, newest first. */
export async function listInterrupted({ database }: Own): Promise<readonly Interrupted[]> {
  const rows = await database.query<Interrupted>(sql`
    select id, action, target, objects, stage, to_char(started_at at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') as "startedAt"
    from assay.promotions_under_way order by started_at desc`);
  return rows.filter(({ id }) => !running.has(id));
}
