import type { Room } from '../../../shared/contract/index.ts';
import type { Probe, Receipt } from '../../../shared/contract/promote.ts';
import { problem } from '../../../shared/problem.ts';
import type { CallContext } from '../../../shared/wire.ts';
import type { Context } from '../context.ts';
import { lookAtAftermath } from './aftermath.ts';
import type { Promotion } from './apply.ts';
import { connect, onTarget, targetOf, type Wanted } from './connection/connect.ts';
import { oneAtATime } from './connection/promotion-lock.ts';
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
import { listReceipts } from './receipts/receipts.ts';
import { rollback, rollbackPlan } from './roll-back-call.ts';
import { diffTargets } from './target/diff-targets.ts';
import { keyOf, lookAtTarget } from './target/target-state.ts';
import { listInterrupted } from './under-way.ts';
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
    rollbackPlan: (wanted, call) => rollbackPlan(context, wanted, call),
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
    interrupted: () => listInterrupted(context),
    aftermath: (wanted, { signal }) =>
      oneAtATime(context.workspace.dir, wanted.target, () => lookAtAftermath(context, wanted, signal)),
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
