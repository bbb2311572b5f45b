import { useCallback } from 'react';
import type { Plan } from '../../../shared/contract/promote.ts';
import type { Target } from '../../../shared/contract/workspace.ts';
import { engine } from '../../engine.ts';
import { useTask } from '../../tasks.ts';
import type { ArgOf } from '../../use-engine.ts';
import { useTabMemory } from '../../workspace/tab-state.ts';

/** The plan for exactly this call; another choice of tables, or of how they go, has none yet. */
export function usePlan(call: ArgOf<'promote', 'plan'>, { tables }: Target) {
  const { password: _password, ...wanted } = call;
  const keyWith = (settings: Target['tables']) => JSON.stringify({ ...wanted, settings });
  const [kept, setKept] = useTabMemory<{ readonly key: string; readonly plan: Plan } | null>('plan', null);
  const planning = useTask();
  const forgetPlan = useCallback(() => setKept(null), [setKept]);
  const makePlan = async (settings: Target['tables']) => {
    const plan = await planning.start(`Planning for ${call.target}`, (options) =>
      engine.promote.plan(call, options),
    );
    if (plan) setKept({ key: keyWith(settings), plan });
  };
  return {
    plan: kept?.key === keyWith(tables) ? kept.plan : null,
    planning,
    /** Over settings that were just saved, where they are given. */
    makePlan: (saved?: Target) => void makePlan(saved ? saved.tables : tables),
    forgetPlan,
  };
}
