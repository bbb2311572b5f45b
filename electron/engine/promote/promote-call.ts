import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import type { Interrupted, Receipt } from '../../../shared/contract/promote.ts';
import type { Target } from '../../../shared/contract/workspace.ts';
import { counted } from '../../../shared/number-words.ts';
import { ProblemError } from '../../../shared/problem.ts';
import type { CallContext } from '../../../shared/wire.ts';
import type { Context } from '../context.ts';
import { type Accepted, acceptedIn, refuseUnaccepted } from './accepted.ts';
import { applyPromotion, type Conclude, type Promotion } from './apply.ts';
import { connect, onTarget, targetOf, type Wanted } from './connection/connect.ts';
import { takePromotionLock } from './connection/promotion-lock.ts';
import type { TargetSession } from './connection/target-session.ts';
import { schemaOn } from './objects/objects.ts';
import { originsOf } from './objects/origins.ts';
import { type Planning, planPromotion } from './plan/planning.ts';
import { adoptReceipts, keepReceipt } from './receipts/receipts.ts';
import { signed, signingKey } from './receipts/signature.ts';
import { prune } from './target/prune.ts';
import { noteStage, untilItsEnd } from './under-way.ts';

const keptVersions = 3;

/** Does what the plan said, verifies it and writes the receipt, here and there. */
export async function promote(
  context: Context,
  wanted: Wanted & Accepted,
  call: CallContext,
): Promise<Receipt> {
  const startedAt = new Date();
  const id = randomUUID();
  const begun = { id, action: 'promote', target: wanted.target } as const;
  try {
    return await untilItsEnd(context, begun, async () => {
      const work = (whole: Promotion) => promoteWhole(context, wanted, whole, { id, startedAt });
      return keepReceipt(context, await onTarget(context, wanted, call, work, false));
    });
  } finally {
    context.emit({ event: 'changed', room: 'promote' });
  }
}

async function promoteWhole(
  context: Context,
  wanted: Wanted & Accepted,
  whole: Promotion,
  { id, startedAt }: { readonly id: string; readonly startedAt: Date },
): Promise<Receipt> {
  const { target, withoutVectors, acceptFailing, plainVersions } = wanted;
  await takePromotionLock(whole.session);
  const planning = await planPromotion(context, whole, target, withoutVectors === true);
  const { promotion, state, watched, structures, plain } = planning;
  await adoptReceipts(context, target, whole.session);
  refuseUnaccepted(wanted, planning.plan);
  const objects = promotion.objects.map(({ name }) => name);
  const reached = (stage: Interrupted['stage']) =>
    noteStage(context, { id, action: 'promote', target, objects, stage });
  await reached('loading');
  const decided = {
    ...{ id, acceptFailing, watched, structures, swapping: () => reached('swapping') },
    refuseUnseen: planning.refuseUnseen,
    letGo: plainVersions === 'drop' ? plain : [],
  };
  const conclude = await conclusion(context, wanted, planning, { id, startedAt });
  const extra: TargetSession[] = [];
  const another = async () => {
    const session = await connect(context, wanted, whole.signal);
    extra.push(session);
    await takePromotionLock(session);
    return session;
  };
  try {
    const made = await applyPromotion(promotion, state, decided, conclude, another);
    await tidy(extra.at(-1) ?? whole.session, await targetOf(context, target));
    return made;
  } finally {
    for (const session of extra) await session.close();
  }
}

/** All that a receipt says beside what is found when both sides are compared. */
async function conclusion(
  context: Context,
  { target, plainVersions }: Wanted & Accepted,
  { promotion: { objects, session }, state, plan }: Planning,
  { id, startedAt }: { readonly id: string; readonly startedAt: Date },
): Promise<Conclude> {
  const key = await signingKey(context.workspace);
  const head = {
    id,
    ...acceptedIn(plan, objects, plainVersions),
    by: { person: userInfo().username, user: state.user },
    origins: await originsOf(context, objects),
    bytes: objects.reduce((all, { bytes }) => all + bytes, 0),
  };
  return (tables, late = []) => {
    const notes = [...head.notes, ...tables.flatMap(maskedNote), ...late];
    return signed({ ...receiptOf(target, session.server, tables, startedAt), ...head, notes }, key);
  };
}

const maskedNote = ({ table, maskedThere }: Receipt['tables'][number]): readonly string[] =>
  maskedThere
    ? [
        `${maskedThere.columns.join(', ')} was masked in ${counted(maskedThere.rows, 'row')} of ${table} that stayed there.`,
      ]
    : [];

/** The promotion stands already: what breaks here, is in use there or was cancelled waits for the next one. */
async function tidy(session: TargetSession, { schema, keep = keptVersions }: Target): Promise<void> {
  const own = [schemaOn(schema, 'table'), schemaOn(schema, 'collection')];
  await prune(session, keep, own).catch((thrown: unknown) => {
    if (!(thrown instanceof ProblemError)) throw thrown;
  });
}

/** A receipt of these tables, not signed and not kept yet. */
export function receiptOf(
  target: string,
  server: string,
  tables: Receipt['tables'],
  startedAt: Date,
): Receipt {
  const same = tables.every(
    ({ checksumsEqual, checksEqual, neighbours }) =>
      checksumsEqual && checksEqual !== false && neighbours?.equal !== false,
  );
  return {
    ...{ id: randomUUID(), target, server, tables },
    status: same ? 'verified' : 'differs',
    startedAt: startedAt.toISOString(),
    ms: Date.now() - startedAt.getTime(),
    by: { person: userInfo().username, user: '' },
    ...{ notes: [], signature: null, receipt: null },
  };
}
