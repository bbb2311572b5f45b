import { useCallback } from 'react';
import type { Plan } from '../../../shared/contract/promote.ts';
import { engine } from '../../engine.ts';
import { useTask } from '../../tasks.ts';
import type { ArgOf } from '../../use-engine.ts';
import { useTabMemory } from '../../workspace/tab-state.ts';

/** The plan for exactly this call; another choice of target or tables has none yet. */
export function usePlan(call: ArgOf<'promote', 'plan'>) {
  const { password: _password, ...wanted } = call;
  const key = JSON.stringify(wanted);
  const [kept, setKept] = useTabMemory<{ readonly key: string; readonly plan: Plan } | null>('plan', null);
  const planning = useTask();
  const forgetPlan = useCallback(() => setKept(null), [setKept]);
  const makePlan = async () => {
    const plan = await planning.start(`Planning for ${call.target}`, (options) =>
      engine.promote.plan(call, options),
    );
    if (plan) setKept({ key, plan });
  };
  return {
    plan: kept?.key === key ? kept.plan : null,
    planning,
    makePlan: () => void makePlan(),
    forgetPlan,
  };
}
