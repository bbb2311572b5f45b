import type { Room } from '../../../shared/contract/index.ts';
import type { Receipt } from '../../../shared/contract/promote.ts';
import type { Target } from '../../../shared/contract/workspace.ts';
import { problem } from '../../../shared/problem.ts';
import { sql } from '../../../shared/sql.ts';
import type { CallContext } from '../../../shared/wire.ts';
import { latestFindings } from '../checks/findings.ts';
import { listRules } from '../checks/rule-files.ts';
import type { Context } from '../context.ts';
import { readSettings } from '../workspace/settings.ts';
import { applyPromotion, gatherEvidence, type Promotion, takePromotionLock } from './apply.ts';
import type { RulesOf } from './evidence.ts';
import { type Choice, promotedObjects } from './objects.ts';
import { planOf, refuseImpossible } from './plan.ts';
import { keepReceipt, lastReceipt, listReceipts } from './receipts.ts';
import { connectServer } from './server-session.ts';
import { unswap } from './swap.ts';
import type { TargetSession } from './target-session.ts';
import { lookAtTarget } from './target-state.ts';
import { connectWorkspace } from './workspace-session.ts';

interface Wanted extends Choice {
  readonly target: string;
  readonly password?: string | undefined;
}

/** Promotion: plan, apply, verify, roll back. */
export function promoteRoom(context: Context): Room<'promote'> {
  const { workspace, database, emit } = context;

  const targetOf = async (name: string): Promise<Target> => {
    const { targets } = await readSettings(workspace.dir);
    const target = targets.find((entry) => entry.name === name);
    if (target) return target;
    throw problem('not_found', `There is no target "${name}".`, {
      hint: `Targets in assay.yaml: ${targets.map((entry) => entry.name).join(', ') || 'none yet'}.`,
    });
  };

  const connect = (
    target: Target,
    password: string | undefined,
    signal: AbortSignal,
  ): Promise<TargetSession> =>
    target.kind === 'workspace'
      ? connectWorkspace(target, workspace.dir, signal)
      : connectServer(target, password, signal);

  const onTarget = async <T>(
    wanted: Wanted,
    { signal, progress }: CallContext,
    work: (promotion: Promotion) => Promise<T>,
  ) => {
    const target = await targetOf(wanted.target);
    const objects = await promotedObjects(database, wanted);
    const rulesOf = await readRules(context);
    const session = await connect(target, wanted.password, signal);
    try {
      return await work({ database, session, objects, rulesOf, signal, progress });
    } finally {
      await session.close();
    }
  };

  const planned = async (promotion: Promotion, target: string) => {
    const { session, objects } = promotion;
    const state = await lookAtTarget(session, objects);
    refuseImpossible(objects, state);
    return { state, plan: planOf(target, session.server, objects, state, await latestFindings(database)) };
  };

  return {
    plan: (wanted, call) =>
      onTarget(wanted, call, async (promotion) => (await planned(promotion, wanted.target)).plan),

    apply: async (wanted, call) => {
      const startedAt = new Date();
      const receipt = await onTarget(wanted, call, async (promotion) => {
        await takePromotionLock(promotion.session);
        const { state, plan } = await planned(promotion, wanted.target);
        refuseUnaccepted(wanted, plan);
        const tables = await applyPromotion(promotion, state);
        return receiptOf(wanted.target, promotion.session.server, tables, startedAt);
      });
      const kept = await keepReceipt(context, receipt);
      emit({ event: 'changed', room: 'promote' });
      return kept;
    },

    verify: (wanted, call) =>
      onTarget(wanted, call, async (promotion) => {
        const startedAt = new Date();
        const { existing } = await lookAtTarget(promotion.session, promotion.objects);
        const missing = promotion.objects.find(({ schema, name }) => !existing.has(`${schema}.${name}`));
        if (missing) {
          throw problem('not_found', `The target has no ${missing.schema}.${missing.name}.`, {
            hint: 'Promote it first.',
          });
        }
        const tables = await gatherEvidence(promotion, ({ schema }) => schema);
        return receiptOf(wanted.target, promotion.session.server, tables, startedAt);
      }),

    rollback: async ({ target: name, password }, { signal }) => {
      const last = await lastReceipt(context, name);
      const session = await connect(await targetOf(name), password, signal);
      try {
        await takePromotionLock(session);
        await rollBack(session, last);
      } finally {
        await session.close();
      }
      const kept = await keepReceipt(context, { ...last, status: 'rolled back' });
      emit({ event: 'changed', room: 'promote' });
      return kept;
    },

    receipts: () => listReceipts(context),
  };
}

async function readRules(context: Context): Promise<RulesOf> {
  const rules = new Map(
    (await listRules(context.workspace.dir)).map(({ table, rules: own }) => [table, own]),
  );
  return (table) => rules.get(table) ?? [];
}

function refuseUnaccepted(
  wanted: {
    readonly fingerprint?: string | undefined;
    readonly acceptDestructive: boolean;
    readonly acceptFailing: boolean;
  },
  plan: ReturnType<typeof planOf>,
): void {
  if (wanted.fingerprint !== undefined && wanted.fingerprint !== plan.fingerprint) {
    throw problem('bad_input', 'Something changed here or on the target since the plan was made.', {
      hint: 'Look at the new plan, then apply that.',
    });
  }
  const [gate] = plan.gates;
  if (gate && !wanted.acceptFailing) {
    throw problem(
      'bad_input',
      `${plan.gates.length} failing checks stop the promotion, first ${gate.table}: ${gate.says}.`,
      {
        hint: 'Mend the rows, or accept the failing checks by name of this option.',
      },
    );
  }
  const destructive = plan.changes.find((change) => change.destructive);
  if (destructive && !wanted.acceptDestructive) {
    throw problem('bad_input', `${destructive.object}: ${destructive.says}`, {
      hint: 'Accept that rows on the target are replaced, and apply again.',
    });
  }
}

function receiptOf(target: string, server: string, tables: Receipt['tables'], startedAt: Date): Receipt {
  const same = tables.every(({ checksumsEqual, checksEqual }) => checksumsEqual && checksEqual !== false);
  return {
    id: crypto.randomUUID(),
    target,
    server,
    status: same ? 'verified' : 'differs',
    tables,
    startedAt: startedAt.toISOString(),
    ms: Date.now() - startedAt.getTime(),
    receipt: null,
  };
}

async function rollBack(session: TargetSession, last: Receipt): Promise<void> {
  const promoted = await session.query<{ schema: string; name: string; replaced: boolean }>(sql`
    select schema_name as schema, table_name as name, replaced from assay_previous.promoted
    where promotion = (select promotion from assay_previous.promoted order by at desc limit 1)`);
  if (promoted.length === 0) throw problem('not_found', `${last.server} keeps nothing to roll back to.`);
  const objects = promoted.map((entry) => ({
    ...entry,
    kind: 'table' as const,
    key: '',
    columns: [],
    rows: 0,
    version: '',
  }));
  await session.transaction(unswap(promoted, await lookAtTarget(session, objects)));
}
