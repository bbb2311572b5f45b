import type { Receipt } from '../../../shared/contract/promote.ts';
import type { Target } from '../../../shared/contract/workspace.ts';
import type { CallOptions } from '../../../shared/wire.ts';
import { engine } from '../../engine.ts';
import { useTask } from '../../tasks.ts';
import type { ArgOf } from '../../use-engine.ts';
import { useTabMemory } from '../../workspace/tab-state.ts';
import type { Accepted } from './apply-footer.tsx';
import { useChosen } from './chosen-objects.tsx';
import { mayRollBack } from './roll-back-dialog.tsx';
import { usePassword } from './use-password.ts';
import { usePlan } from './use-plan.ts';
import { useProbe } from './use-probe.ts';

/** Everything one target's view shows and does. */
export function usePromotion(whole: Target) {
  const target = whole.name;
  const password = usePassword(whole);
  const [receipt, setReceipt] = useTabMemory<Receipt | null>(`receipt of ${target}`, null);
  const chosen = useChosen(target, whole.queries);
  const secret = password.value ? { password: password.value } : {};
  const call = { target, ...chosen.call, ...secret };
  const { plan, planning, makePlan, forgetPlan } = usePlan(call, whole);
  const { probe, probing, makeProbe, forgetProbe } = useProbe(target, secret);
  const work = useTask();
  const act = async (title: string, run: (options: CallOptions) => Promise<Receipt>) => {
    const done = await work.start(title, run);
    if (!done) return;
    setReceipt(done);
    forgetProbe();
    forgetPlan();
  };
  const { looking, rollBack } = useRollBack({ target, ...secret }, act);
  return {
    plan,
    probe,
    receipt,
    chosen,
    busy: work.running || planning.running || probing.running || looking.running,
    tasks: [planning.task, probing.task, looking.task, work.task],
    password,
    secret,
    acts: {
      probe: makeProbe,
      plan: makePlan,
      show: (shown: Receipt) => {
        forgetPlan();
        forgetProbe();
        setReceipt(shown);
      },
      rollBack,
      verify: () => void act(`Verifying ${target}`, (options) => engine.promote.verify(call, options)),
      apply: (accepted: Accepted) =>
        void act(`Promoting to ${target}`, (options) =>
          engine.promote.apply({ ...call, fingerprint: plan?.fingerprint, ...accepted }, options),
        ),
    },
  };
}

type Act = (title: string, run: (options: CallOptions) => Promise<Receipt>) => Promise<void>;

/** Undoes the last promotion once somebody has seen what that would do. */
function useRollBack(wanted: ArgOf<'promote', 'rollback'>, act: Act) {
  const looking = useTask();
  const rollBack = async () => {
    const { target } = wanted;
    const undoing = await looking.start(`Looking at what Roll back of ${target} would do`, (options) =>
      engine.promote.rollbackPlan(wanted, options),
    );
    if (undoing && (undoing.undone || (await mayRollBack(undoing))))
      await act(`Rolling back ${target}`, (options) => engine.promote.rollback(wanted, options));
  };
  return { looking, rollBack: () => void rollBack() };
}
