import type { Aftermath, Interrupted } from '../../../shared/contract/promote.ts';
import { ident, sql } from '../../../shared/sql.ts';
import type { Context } from '../context.ts';
import { connect, type Wanted } from './connection/connect.ts';
import { takePromotionLock } from './connection/promotion-lock.ts';
import type { TargetSession } from './connection/target-session.ts';
import { cleanUp } from './load/load.ts';
import { adoptReceipts } from './receipts/receipts.ts';
import { ledgerThere } from './target/ledger.ts';
import { forget, listInterrupted } from './under-way.ts';

/**
 * Asks the target what became of what was cut off: with the promotion lock held, so that nothing of it is under way there
 * any more. What happened is taken up as if it had been heard of; what left nothing behind is forgotten.
 */
export async function lookAtAftermath(
  context: Context,
  wanted: Pick<Wanted, 'target' | 'password'> & { readonly cleanUp: boolean },
  signal: AbortSignal,
): Promise<readonly Aftermath[]> {
  const all = (await listInterrupted(context)).filter(({ target }) => target === wanted.target);
  const session = await connect(context, wanted, signal, true);
  try {
    await takePromotionLock(session);
    if (wanted.cleanUp) await cleanUp(session);
    const staged = await stagedRows(session);
    const found: Aftermath[] = [];
    for (const interrupted of all) {
      const status = await statusOf(session, interrupted);
      const undone = interrupted.action === 'promote' && status === 'rolled back';
      const happened = interrupted.action === 'promote' ? status !== undefined : status === 'rolled back';
      found.push({ interrupted, happened, undone, staged: happened ? null : staged });
    }
    await adoptReceipts(context, wanted.target, session);
    for (const { interrupted, happened } of found)
      if (happened || staged === null) await forget(context, interrupted);
    return found;
  } finally {
    await session.close();
    context.emit({ event: 'changed', room: 'promote' });
  }
}

/** How the promotion stands that was under way, or was to be undone; undefined where it never came to be. */
async function statusOf(session: TargetSession, { id }: Interrupted): Promise<string | undefined> {
  if (!(await ledgerThere(session))) return undefined;
  const [noted] = await session.query<{ status: string }>(
    sql`select status from assay_promotions.promotion where id = ${id}`,
  );
  return noted?.status;
}

/** Rows that were loaded and not swapped in; null where none are there. */
async function stagedRows(session: TargetSession): Promise<number | null> {
  const places = await session.query<{ schema: string }>(sql`
    select schemaname as schema from pg_tables where tablename = 'reached' and schemaname like ${'assay\\_staging\\_%\\_notes'}`);
  let staged: number | null = null;
  for (const { schema } of places) {
    const [found] = await session.query<{ rows: number }>(
      sql`select coalesce(sum(rows), 0)::float8 as rows from ${ident(schema, 'reached')}`,
    );
    staged = (staged ?? 0) + (found?.rows ?? 0);
  }
  return staged;
}
