import type { Room } from '../../../shared/contract/index.ts';
import type { Probe, Receipt } from '../../../shared/contract/promote.ts';
import { problem } from '../../../shared/problem.ts';
import type { CallContext } from '../../../shared/wire.ts';
import type { Context } from '../context.ts';
import type { Promotion } from './apply.ts';
import { withColumnList } from './column-list.ts';
import { connect, onTarget, targetOf, type Wanted } from './connect.ts';
import { diffTargets } from './diff-targets.ts';
import { estimateOf } from './estimate.ts';
import { gatherEvidence } from './evidence.ts';
import { cleanUp } from './load.ts';
import { withKeys } from './merge-keys.ts';
import { mixedBelow, type PromotedObject } from './objects.ts';
import { oursThere } from './ours-there.ts';
import { planPromotion } from './planning.ts';
import { probeTarget } from './probe.ts';
import { promote, receiptOf } from './promote-call.ts';
import { oneAtATime, takePromotionLock } from './promotion-lock.ts';
import { promotedObjects } from './read-objects.ts';
import { listViews } from './read-views.ts';
import { proofOf } from './receipt-proof.ts';
import { adoptReceipts, keepReceipt, lastReceipt, listReceipts } from './receipts.ts';
import { planRollBack } from './roll-back.ts';
import { signed, signingKey } from './signature.ts';
import { keyOf, lookAtTarget } from './target-state.ts';

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
    apply: (wanted, call) => oneAtATime(lockName(context, wanted), () => promote(context, wanted, call)),
    verify: (wanted, call) =>
      onTarget(context, wanted, call, (promotion) => verify(promotion, wanted.target)),
    rollback: (wanted, call) => oneAtATime(lockName(context, wanted), () => rollback(context, wanted, call)),
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

const lockName = ({ workspace }: Context, { target }: Pick<Wanted, 'target'>) =>
  `${workspace.dir}: ${target}`;

/** Asked before there is anything to promote, too. */
async function probe(context: Context, wanted: Wanted, { signal }: CallContext): Promise<Probe> {
  const target = await targetOf(context, wanted.target);
  const objects = await promotedObjects(context, {}, target).catch(
    (thrown: { problem?: { code: string } }) => {
      if (thrown.problem?.code === 'bad_input') return [];
      throw thrown;
    },
  );
  const session = await connect(context, wanted, signal);
  try {
    return await probeTarget(wanted.target, session, objects, await lookAtTarget(session, objects));
  } finally {
    await session.close();
  }
}

async function verify(whole: Promotion, target: string): Promise<Receipt> {
  const startedAt = new Date();
  const state = await lookAtTarget(whole.session, whole.objects);
  const { existing } = state;
  const going = whole.objects.filter(({ stays }) => stays === undefined);
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

async function rollback(
  context: Context,
  wanted: Pick<Wanted, 'target' | 'password'>,
  { signal }: CallContext,
): Promise<Receipt> {
  await targetOf(context, wanted.target);
  const session = await connect(context, wanted, signal);
  let undone: Receipt;
  try {
    await takePromotionLock(session);
    await cleanUp(session);
    await adoptReceipts(context, wanted.target, session);
    const last = await lastReceipt(context, wanted.target);
    const undoing = await planRollBack(session, last);
    const key = await signingKey(context.workspace);
    undone = signed({ ...last, status: 'rolled back', notes: [...last.notes, ...undoing.notes] }, key);
    await session.transaction(undoing.statements(undone));
  } finally {
    await session.close();
  }
  const kept = await keepReceipt(context, undone);
  context.emit({ event: 'changed', room: 'promote' });
  return kept;
}
