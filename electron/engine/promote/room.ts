import type { Room } from '../../../shared/contract/index.ts';
import type { Probe, Receipt } from '../../../shared/contract/promote.ts';
import { type ProblemError, problem } from '../../../shared/problem.ts';
import type { CallContext } from '../../../shared/wire.ts';
import type { Context } from '../context.ts';
import type { Promotion } from './apply.ts';
import { connect, onTarget, targetOf, type Wanted } from './connection/connect.ts';
import { oneAtATime, takePromotionLock } from './connection/promotion-lock.ts';
import { LostConnection, type TargetSession } from './connection/target-session.ts';
import { cleanUp } from './load/load.ts';
import { inOneMoment } from './load/short-locks.ts';
import { withColumnList } from './objects/column-list.ts';
import { withKeys } from './objects/merge-keys.ts';
import { mixedBelow, type PromotedObject } from './objects/objects.ts';
import { promotedObjects } from './objects/read-objects.ts';
import { listViews } from './objects/read-views.ts';
import { estimateOf } from './plan/estimate.ts';
import { planPromotion, stayingHere } from './plan/planning.ts';
import { probeTarget } from './probe/probe.ts';
import { promote, receiptOf } from './promote-call.ts';
import { proofOf } from './receipts/receipt-proof.ts';
import { adoptReceipts, keepReceipt, lastReceipt, listReceipts } from './receipts/receipts.ts';
import { letGoOfUnchanged, type PutAside, planRollBack } from './receipts/roll-back.ts';
import { signed, signingKey } from './receipts/signature.ts';
import { diffTargets } from './target/diff-targets.ts';
import { keyOf, lookAtTarget } from './target/target-state.ts';
import { gatherEvidence } from './verify/evidence.ts';
import { oursThere } from './verify/ours-there.ts';

/** Promotion: probe, plan, apply, verify, roll back. */
export function promoteRoom(context: Context): Room<'promote'> {
  return {
    probe: (wanted, call) => probe(context, wanted, call),
    plan: (wanted, call) =>
      onTarget(context, wanted, call, async (promotion) => {
        const without = wanted.withoutVectors === true;
        const planned = await planPromotion(context, promotion, wanted.target, without);
        return { ...planned.plan, estimate: await estimateOf(context, planned.promotion, wanted.target) };
      }),
    apply: (wanted, call) =>
      oneAtATime(context.workspace.dir, wanted.target, () => promote(context, wanted, call)),
    verify: (wanted, call) => onTarget(context, wanted, call, (promotion) => verify(promotion, wanted)),
    rollback: (wanted, call) =>
      oneAtATime(context.workspace.dir, wanted.target, () => rollback(context, wanted, call)),
    diff: ({ target, password, other, otherPassword }, { signal }) =>
      diffTargets(
        context,
        [
          { target, password },
          { target: other, password: otherPassword },
        ],
        signal,
      ),
    views: () => listViews(context),
    receipts: () => listReceipts(context),
    proof: ({ file }) => proofOf(context.workspace, file),
  };
}

/** Asked before there is anything to promote, too. */
async function probe(context: Context, wanted: Wanted, { signal }: CallContext): Promise<Probe> {
  const target = await targetOf(context, wanted.target);
  const objects = await promotedObjects(context, {}, target).catch(
    (thrown: { problem?: { code: string } }) => {
      if (thrown.problem?.code === 'bad_input') return [];
      throw thrown;
    },
  );
  const session = await connect(context, wanted, signal, true);
  try {
    return await probeTarget(wanted.target, session, objects, await lookAtTarget(session, objects));
  } finally {
    await session.close();
  }
}

async function verify(
  whole: Promotion,
  { target, withoutVectors = false }: Pick<Wanted, 'target' | 'withoutVectors'>,
): Promise<Receipt> {
  const startedAt = new Date();
  const state = await lookAtTarget(whole.session, whole.objects);
  const { existing } = state;
  const stay = stayingHere(whole.objects, state, withoutVectors);
  const going = whole.objects.filter((object) => !stay.includes(object));
  const all = await withKeys(whole.database, going, state);
  const alike = all.filter((object) => mixedBelow(object, all).length === 0);
  const promotion = { ...whole, objects: alike };
  const missing = promotion.objects.find((object) => !existing.has(keyOf(object)));
  if (missing) {
    throw problem('not_found', `The target has no ${keyOf(missing)}.`, { hint: 'Promote it first.' });
  }
  const tables = await gatherEvidence(promotion, await oursThere(promotion));
  const compared = tables.map((table, at) =>
    withColumnList(table, promotion.objects[at], (object) => existing.get(keyOf(object))?.columns ?? ''),
  );
  const receipt = receiptOf(target, promotion.session.server, compared, startedAt);
  return { ...receipt, notes: all.filter((object) => !alike.includes(object)).map(notCompared(all)) };
}

const notCompared = (all: readonly PromotedObject[]) => (object: PromotedObject) =>
  `${object.name} is not compared: there it also shows rows of ${mixedBelow(object, all).join(', ')} that are not here.`;

/** Where the connection breaks, or somebody writes meanwhile, the target is asked anew: it was undone by then, or is now. */
async function rollback(
  context: Context,
  wanted: Pick<Wanted, 'target' | 'password'>,
  call: CallContext,
): Promise<Receipt> {
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

const mostAttempts = 3;

/** What was written before the lock was held is to be put aside, as what was written earlier is. */
const isWritten = (thrown: unknown) => (thrown as Partial<ProblemError>).problem?.at?.sqlstate === '40001';

async function undo(
  context: Context,
  wanted: Pick<Wanted, 'target' | 'password'>,
  call: CallContext,
): Promise<Receipt> {
  const session = await connect(context, wanted, call.signal);
  try {
    await takePromotionLock(session);
    await cleanUp(session);
    // What was undone without this workspace hearing of it was what is asked for: no second one is undone with it.
    const [heard] = await adoptReceipts(context, wanted.target, session);
    if (heard) return heard;
    const last = await lastReceipt(context, wanted.target);
    const undoing = await planRollBack(session, last);
    const key = await signingKey(context.workspace);
    const undone = signed({ ...last, status: 'rolled back', notes: [...last.notes, ...undoing.notes] }, key);
    const moment = {
      title: 'Rolling back',
      tables: undoing.tables,
      guards: undoing.guards,
      statements: undoing.statements(undone),
    };
    await inOneMoment(session, moment, call.signal, call.progress);
    return await keepReceipt(context, await settled(session, undone, undoing.unsure, key));
  } finally {
    await session.close();
  }
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
