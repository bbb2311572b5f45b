import type { Receipt, RollBackPlan } from '../../../shared/contract/promote.ts';
import type { ProblemError } from '../../../shared/problem.ts';
import type { CallContext } from '../../../shared/wire.ts';
import type { Context } from '../context.ts';
import { connect, targetOf, type Wanted } from './connection/connect.ts';
import { takePromotionLock } from './connection/promotion-lock.ts';
import { LostConnection, type TargetSession } from './connection/target-session.ts';
import { cleanUp } from './load/load.ts';
import { inOneMoment } from './load/short-locks.ts';
import { adoptReceipts, keepReceipt, lastReceipt } from './receipts/receipts.ts';
import { letGoOfUnchanged, type PutAside, planRollBack } from './receipts/roll-back.ts';
import { sayRollBack } from './receipts/roll-back-plan.ts';
import { signed, signingKey } from './receipts/signature.ts';
import { forget, noteStage, untilItsEnd } from './under-way.ts';

type OnTarget = Pick<Wanted, 'target' | 'password'>;

const mostAttempts = 3;

/** Where the connection breaks, or somebody writes meanwhile, the target is asked anew: it was undone by then, or is now. */
export async function rollback(context: Context, wanted: OnTarget, call: CallContext): Promise<Receipt> {
  await targetOf(context, wanted.target);
  try {
    for (let attempt = 1; ; attempt++) {
      const undone = await undo(context, wanted, call).catch((thrown: unknown) => {
        if (!(thrown instanceof LostConnection || isWritten(thrown)) || attempt === mostAttempts)
          throw thrown;
      });
      if (undone) return undone;
    }
  } finally {
    context.emit({ event: 'changed', room: 'promote' });
  }
}

/** Says what would be undone. What was undone without this workspace hearing of it is heard of. */
export async function rollbackPlan(
  context: Context,
  wanted: OnTarget,
  { signal }: CallContext,
): Promise<RollBackPlan> {
  const session = await connect(context, wanted, signal, true);
  try {
    const [heard] = await adoptReceipts(context, wanted.target, session);
    if (heard) return { receipt: heard, undone: true, tables: [] };
    return await sayRollBack(session, await lastReceipt(context, wanted.target));
  } finally {
    await session.close();
  }
}

/** What was written before the lock was held is to be put aside, as what was written earlier is. */
const isWritten = (thrown: unknown) => (thrown as Partial<ProblemError>).problem?.at?.sqlstate === '40001';

async function undo(context: Context, wanted: OnTarget, call: CallContext): Promise<Receipt> {
  const session = await connect(context, wanted, call.signal);
  try {
    await takePromotionLock(session);
    await cleanUp(session);
    // What was undone without this workspace hearing of it was what is asked for: no second one is undone with it.
    const [heard] = await adoptReceipts(context, wanted.target, session);
    if (heard) {
      await forget(context, { id: heard.id, action: 'rollback' });
      return heard;
    }
    const last = await lastReceipt(context, wanted.target);
    const begun = { id: last.id, action: 'rollback', target: wanted.target } as const;
    return await untilItsEnd(context, begun, () => undoOne(context, session, last, call));
  } finally {
    await session.close();
  }
}

async function undoOne(
  context: Context,
  session: TargetSession,
  last: Receipt,
  { signal, progress }: CallContext,
): Promise<Receipt> {
  const undoing = await planRollBack(session, last);
  const key = await signingKey(context.workspace);
  const undone = signed({ ...last, status: 'rolled back', notes: [...last.notes, ...undoing.notes] }, key);
  const moment = {
    title: 'Rolling back',
    tables: undoing.tables,
    guards: undoing.guards,
    statements: undoing.statements(undone),
  };
  const objects = last.tables.map(({ table }) => table);
  const { id, target } = last;
  await noteStage(context, { id, action: 'rollback', target, objects, stage: 'swapping' });
  await inOneMoment(session, moment, signal, progress);
  return keepReceipt(context, await settled(session, undone, undoing.unsure, key));
}

/** It is undone already: what breaks here leaves a table aside, as the receipt says. */
async function settled(
  session: TargetSession,
  undone: Receipt,
  unsure: readonly PutAside[],
  key: Parameters<typeof signed>[1],
): Promise<Receipt> {
  let receipt = undone;
  for (const aside of unsure) {
    const without = signed({ ...receipt, notes: receipt.notes.filter((note) => note !== aside.note) }, key);
    if (await letGoOfUnchanged(session, undone, aside, without).catch(() => false)) receipt = without;
  }
  return receipt;
}
