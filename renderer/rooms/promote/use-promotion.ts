import type { Receipt } from '../../../shared/contract/promote.ts';
import type { Target } from '../../../shared/contract/workspace.ts';
import { counted } from '../../../shared/number-words.ts';
import type { CallOptions } from '../../../shared/wire.ts';
import { engine } from '../../engine.ts';
import { useTask } from '../../tasks.ts';
import { confirm } from '../../ui/ask.tsx';
import { moment } from '../../ui/format.ts';
import { useTabMemory } from '../../workspace/tab-state.ts';
import type { Accepted } from './apply-footer.tsx';
import { useChosen } from './chosen-objects.tsx';
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
  const rollBack = async () =>
    (await mayRollBack(target)) &&
    act(`Rolling back ${target}`, (options) => engine.promote.rollback({ target, ...secret }, options));
  return {
    plan,
    probe,
    receipt,
    chosen,
    busy: work.running || planning.running || probing.running,
    tasks: [planning.task, probing.task, work.task],
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
      rollBack: () => void rollBack(),
      verify: () => void act(`Verifying ${target}`, (options) => engine.promote.verify(call, options)),
      apply: (accepted: Accepted) =>
        void act(`Promoting to ${target}`, (options) =>
          engine.promote.apply({ ...call, fingerprint: plan?.fingerprint, ...accepted }, options),
        ),
    },
  };
}

/** Says which promotion would be undone; where there is none, the engine says so. */
async function mayRollBack(target: string) {
  const receipts = await engine.promote.receipts({});
  const last = receipts.find((one) => one.target === target && one.status !== 'rolled back');
  const which = last
    ? `The promotion of ${moment(last.startedAt)}, ${counted(last.tables.length, 'object')}, is undone: what`
    : 'The last promotion is undone: what';
  return confirm({
    title: `Roll back ${target}?`,
    says: `${which} it replaced comes back, what it created goes. One transaction.`,
    action: 'Roll back',
    danger: true,
  });
}
