import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import type { Plan, PromotedTable, Receipt } from '../../../shared/contract/promote.ts';
import type { Target } from '../../../shared/contract/workspace.ts';
import { ProblemError, problem } from '../../../shared/problem.ts';
import type { CallContext } from '../../../shared/wire.ts';
import type { Context } from '../context.ts';
import { applyPromotion } from './apply.ts';
import { connect, onTarget, targetOf, type Wanted } from './connection/connect.ts';
import { takePromotionLock } from './connection/promotion-lock.ts';
import type { TargetSession } from './connection/target-session.ts';
import { mixedBelow, type PromotedObject, schemaOn } from './objects/objects.ts';
import { originsOf } from './objects/origins.ts';
import { refuseUndecided } from './objects/private-columns.ts';
import { planPromotion } from './plan/planning.ts';
import { adoptReceipts, keepReceipt } from './receipts/receipts.ts';
import { signed, signingKey } from './receipts/signature.ts';
import { prune } from './target/ledger.ts';

/** What is gone on in spite of. */
export interface Accepted {
  readonly fingerprint?: string | undefined;
  readonly acceptDestructive: boolean;
  readonly acceptFailing: boolean;
  readonly acceptDrift: boolean;
}

const keptVersions = 3;

/** Does what the plan said, verifies it and writes the receipt, here and there. */
export async function promote(
  context: Context,
  wanted: Wanted & Accepted,
  call: CallContext,
): Promise<Receipt> {
  const startedAt = new Date();
  const id = randomUUID();
  const key = await signingKey(context.workspace);
  const receipt = await onTarget(context, wanted, call, async (whole) => {
    await takePromotionLock(whole.session);
    const { promotion, state, plan, watched } = await planPromotion(
      context,
      whole,
      wanted.target,
      wanted.withoutVectors === true,
    );
    await adoptReceipts(context, wanted.target, whole.session);
    refuseUnaccepted(wanted, plan);
    const head = {
      id,
      ...acceptedIn(plan, promotion.objects),
      by: { person: userInfo().username, user: state.user },
      origins: await originsOf(context, promotion.objects),
      bytes: promotion.objects.reduce((all, { bytes }) => all + bytes, 0),
    };
    const conclude = (tables: readonly PromotedTable[]) =>
      signed({ ...receiptOf(wanted.target, whole.session.server, tables, startedAt), ...head }, key);
    const extra: TargetSession[] = [];
    try {
      const made = await applyPromotion(
        promotion,
        state,
        { id, acceptFailing: wanted.acceptFailing, watched: wanted.acceptDrift ? new Map() : watched },
        conclude,
        async () => {
          const session = await connect(context, wanted, call.signal);
          extra.push(session);
          await takePromotionLock(session);
          return session;
        },
      );
      await tidy(extra.at(-1) ?? whole.session, await targetOf(context, wanted.target));
      return made;
    } finally {
      for (const session of extra) await session.close();
    }
  });
  try {
    return await keepReceipt(context, receipt);
  } finally {
    context.emit({ event: 'changed', room: 'promote' });
  }
}

/** The promotion stands already: what breaks here, is in use there or was cancelled waits for the next one. */
async function tidy(session: TargetSession, { schema, keep = keptVersions }: Target): Promise<void> {
  const own = [schemaOn(schema, 'table'), schemaOn(schema, 'collection')];
  await prune(session, keep, own).catch((thrown: unknown) => {
    if (!(thrown instanceof ProblemError)) throw thrown;
  });
}

/** What was known to go, and was accepted. */
function acceptedIn(
  { changes, drift, gates }: Plan,
  objects: readonly PromotedObject[],
): Pick<Receipt, 'notes' | 'accepted'> {
  const replaced = changes.filter(({ destructive }) => destructive);
  return {
    notes: [
      ...replaced.map(({ object, says }) => `Accepted for ${object}: ${says}`),
      ...drift.map(({ table }) => `Accepted: what was changed in ${table} on the target since is replaced.`),
      ...objects.flatMap((object) => {
        const mixed = mixedBelow(object, objects);
        return mixed.length === 0
          ? []
          : [
              `${object.name} was compared without the rows of ${mixed.join(', ')} that stay there; it shows those, too.`,
            ];
      }),
    ],
    ...(gates.length > 0 ? { accepted: gates } : {}),
  };
}

function refuseUnaccepted(wanted: Accepted, plan: Plan): void {
  const { fingerprint, gates, drift, changes } = plan;
  refuseUndecided(plan.target, plan.undecided);
  if (wanted.fingerprint !== undefined && wanted.fingerprint !== fingerprint) {
    throw problem('bad_input', 'Something changed here or on the target since the plan was made.', {
      hint: 'Look at the new plan, then apply that.',
    });
  }
  const [gate] = gates;
  if (gate && !wanted.acceptFailing) {
    throw problem(
      'bad_input',
      `${gates.length === 1 ? '1 check stops' : `${gates.length} checks stop`} the promotion, first ${gate.table}: ${gate.says.replace(/\.+$/, '')}.`,
      {
        hint: 'Mend the rows and run the checks, or promote although they fail (--accept-failing).',
      },
    );
  }
  const [drifted] = drift;
  if (drifted && !wanted.acceptDrift) {
    throw problem(
      'bad_input',
      `${drifted.table} was changed on the target since it was promoted (${drifted.columns.join(', ')}; ${drifted.rowsThen} rows then, ${drifted.rowsNow} now).`,
      {
        hint: 'Verify shows the rows. Accept that the changes are replaced (--accept-drift), and apply again.',
      },
    );
  }
  const destructive = changes.find((change) => change.destructive);
  if (destructive && !wanted.acceptDestructive) {
    throw problem('bad_input', `${destructive.object}: ${destructive.says}`, {
      hint: 'Accept that rows on the target are replaced (--accept-destructive), and apply again.',
    });
  }
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
