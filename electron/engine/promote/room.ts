import { randomUUID } from 'node:crypto';
import type { Room } from '../../../shared/contract/index.ts';
import type { Plan, Receipt } from '../../../shared/contract/promote.ts';
import type { Target } from '../../../shared/contract/workspace.ts';
import { problem } from '../../../shared/problem.ts';
import type { CallContext } from '../../../shared/wire.ts';
import { listRules } from '../checks/rule-files.ts';
import type { Context } from '../context.ts';
import { readSettings } from '../workspace/settings.ts';
import { applyPromotion, gatherEvidence, type Promotion, takePromotionLock } from './apply.ts';
import { withColumnList } from './column-list.ts';
import type { RulesOf } from './evidence.ts';
import { gatesOf } from './gates.ts';
import { type Choice, promotedObjects } from './objects.ts';
import { planOf, refuseImpossible } from './plan.ts';
import { keepReceipt, lastReceipt, listReceipts } from './receipts.ts';
import { rollBack } from './roll-back.ts';
import type { TargetSession } from './target-session.ts';
import { keyOf, lookAtTarget } from './target-state.ts';
import { connectWorkspace } from './workspace-session.ts';

interface Accepted {
  readonly fingerprint?: string | undefined;
  readonly acceptDestructive: boolean;
  readonly acceptFailing: boolean;
}

interface Wanted extends Choice {
  readonly target: string;
  readonly password?: string | undefined;
}

/** Promotion: plan, apply, verify, roll back. */
export function promoteRoom(context: Context): Room<'promote'> {
  return {
    plan: (wanted, call) =>
      onTarget(
        context,
        wanted,
        call,
        async (promotion) => (await planned(context, promotion, wanted.target)).plan,
      ),
    apply: (wanted, call) => apply(context, wanted, call),
    verify: (wanted, call) =>
      onTarget(context, wanted, call, (promotion) => verify(promotion, wanted.target)),
    rollback: (wanted, call) => rollback(context, wanted, call),
    receipts: () => listReceipts(context),
  };
}

async function targetOf({ workspace }: Context, name: string): Promise<Target> {
  const { targets } = await readSettings(workspace.dir);
  const target = targets.find((entry) => entry.name === name);
  if (target) return target;
  throw problem('not_found', `There is no target "${name}".`, {
    hint: `Targets in assay.yaml: ${targets.map((entry) => entry.name).join(', ') || 'none yet'}.`,
  });
}

async function connect(
  context: Context,
  { target: name, password }: Pick<Wanted, 'target' | 'password'>,
  signal: AbortSignal,
): Promise<TargetSession> {
  const target = await targetOf(context, name);
  if (target.kind === 'workspace') return connectWorkspace(target, context.workspace.dir, signal);
  // The client library is loaded when a server is first wanted, not at the start.
  const { connectServer } = await import('./server-session.ts');
  return connectServer(target, password, signal);
}

async function onTarget<T>(
  context: Context,
  wanted: Wanted,
  { signal, progress }: CallContext,
  work: (promotion: Promotion) => Promise<T>,
): Promise<T> {
  const { database } = context;
  await targetOf(context, wanted.target);
  const objects = await promotedObjects(database, wanted);
  const rulesOf = await readRules(context);
  const session = await connect(context, wanted, signal);
  try {
    return await work({ database, session, objects, rulesOf, signal, progress });
  } finally {
    await session.close();
  }
}

async function planned(context: Context, promotion: Promotion, target: string) {
  const { session, objects } = promotion;
  const state = await lookAtTarget(session, objects);
  refuseImpossible(objects, state);
  return { state, plan: planOf(target, session.server, objects, state, await gatesOf(context, promotion)) };
}

async function apply(context: Context, wanted: Wanted & Accepted, call: CallContext): Promise<Receipt> {
  const startedAt = new Date();
  const id = randomUUID();
  const receipt = await onTarget(context, wanted, call, async (promotion) => {
    await takePromotionLock(promotion.session);
    const { state, plan } = await planned(context, promotion, wanted.target);
    refuseUnaccepted(wanted, plan);
    const tables = await applyPromotion(promotion, state, { id, acceptFailing: wanted.acceptFailing });
    const receipt = receiptOf(wanted.target, promotion.session.server, tables, startedAt);
    return { ...receipt, id, ...(plan.gates.length > 0 ? { accepted: plan.gates } : {}) };
  });
  try {
    return await keepReceipt(context, receipt);
  } finally {
    context.emit({ event: 'changed', room: 'promote' });
  }
}

async function verify(promotion: Promotion, target: string): Promise<Receipt> {
  const startedAt = new Date();
  const { existing } = await lookAtTarget(promotion.session, promotion.objects);
  const missing = promotion.objects.find((object) => !existing.has(keyOf(object)));
  if (missing) {
    throw problem('not_found', `The target has no ${keyOf(missing)}.`, { hint: 'Promote it first.' });
  }
  const tables = await gatherEvidence(promotion, ({ schema }) => schema);
  const compared = tables.map((table, at) =>
    withColumnList(table, promotion.objects[at], (object) => existing.get(keyOf(object))?.columns ?? ''),
  );
  return receiptOf(target, promotion.session.server, compared, startedAt);
}

async function rollback(
  context: Context,
  wanted: Pick<Wanted, 'target' | 'password'>,
  { signal }: CallContext,
): Promise<Receipt> {
  const last = await lastReceipt(context, wanted.target);
  const session = await connect(context, wanted, signal);
  try {
    await takePromotionLock(session);
    await rollBack(session, last);
  } finally {
    await session.close();
  }
  const kept = await keepReceipt(context, { ...last, status: 'rolled back' });
  context.emit({ event: 'changed', room: 'promote' });
  return kept;
}

async function readRules(context: Context): Promise<RulesOf> {
  const rules = new Map(
    (await listRules(context.workspace.path('checks'))).map(({ table, rules: own }) => [table, own]),
  );
  return (table) => rules.get(table) ?? [];
}

function refuseUnaccepted(wanted: Accepted, plan: Plan): void {
  if (wanted.fingerprint !== undefined && wanted.fingerprint !== plan.fingerprint) {
    throw problem('bad_input', 'Something changed here or on the target since the plan was made.', {
      hint: 'Look at the new plan, then apply that.',
    });
  }
  const [gate] = plan.gates;
  if (gate && !wanted.acceptFailing) {
    throw problem(
      'bad_input',
      `${plan.gates.length === 1 ? '1 check stops' : `${plan.gates.length} checks stop`} the promotion, first ${gate.table}: ${gate.says.replace(/\.+$/, '')}.`,
      {
        hint: 'Mend the rows and run the checks, or promote although they fail (--accept-failing).',
      },
    );
  }
  const destructive = plan.changes.find((change) => change.destructive);
  if (destructive && !wanted.acceptDestructive) {
    throw problem('bad_input', `${destructive.object}: ${destructive.says}`, {
      hint: 'Accept that rows on the target are replaced (--accept-destructive), and apply again.',
    });
  }
}

function receiptOf(target: string, server: string, tables: Receipt['tables'], startedAt: Date): Receipt {
  const same = tables.every(({ checksumsEqual, checksEqual }) => checksumsEqual && checksEqual !== false);
  return {
    id: randomUUID(),
    target,
    server,
    status: same ? 'verified' : 'differs',
    tables,
    startedAt: startedAt.toISOString(),
    ms: Date.now() - startedAt.getTime(),
    receipt: null,
  };
}
