import { GitCompare, ListChecks, Radar, RotateCcw, ShieldCheck } from 'lucide-react';
import type { Receipt } from '../../../shared/contract/promote.ts';
import type { Target } from '../../../shared/contract/workspace.ts';
import { Button } from '../../ui/button.tsx';
import { useEngine } from '../../use-engine.ts';
import { useTabState } from '../../workspace/tab-state.ts';
import { ChosenObjects } from './chosen-objects.tsx';
import { ComparisonView } from './comparison-view.tsx';
import { InterruptedNotice } from './interrupted-notice.tsx';
import { PasswordField } from './password-field.tsx';
import { PlanView } from './plan-view.tsx';
import { ProbeView } from './probe-view.tsx';
import styles from './promote.module.css';
import { ReceiptList, ReceiptView } from './receipt-view.tsx';
import { targetPlace } from './target-words.ts';
import { TaskState } from './task-state.tsx';
import { usePromotion } from './use-promotion.ts';

/** One target: what goes there, the plan, Apply, and afterwards the receipt. */
export function Promotion({
  target,
  others,
}: {
  readonly target: Target;
  readonly others: readonly Target[];
}) {
  const { plan, probe, receipt, chosen, busy, tasks, acts, password, secret } = usePromotion(target);
  const [comparing, setComparing] = useTabState(`comparing ${target.name}`, false);
  return (
    <div className={styles['promotion']}>
      <header className={styles['head']}>
        <div>
          <h1>{target.name}</h1>
          <p>{targetPlace(target)}</p>
        </div>
        {target.kind === 'postgres' && <PasswordField password={password} />}
        <Actions
          acts={acts}
          busy={busy}
          planned={plan !== null}
          nothing={chosen.none}
          {...(others.length > 0 ? { compare: () => setComparing(!comparing) } : {})}
        />
      </header>
      <InterruptedNotice
        key={`${target.name} ${receipt?.id}`}
        target={target.name}
        secret={secret}
        disabled={busy}
        onPlan={acts.plan}
      />
      {comparing && (
        <ComparisonView target={target} secret={secret} others={others} onClose={() => setComparing(false)} />
      )}
      <ChosenObjects
        target={target}
        chosen={chosen}
        disabled={busy}
        settled={busy || plan !== null || probe !== null || receipt !== null}
      />
      {tasks.map((task) => task && <TaskState key={task.id} task={task} />)}
      {probe && !busy && !plan && <ProbeView probe={probe} />}
      {plan && !busy && <PlanView target={target} plan={plan} onApply={acts.apply} onPlan={acts.plan} />}
      {receipt && !busy && !plan && !probe && <ReceiptView receipt={receipt} />}
      <Earlier target={target.name} shown={receipt} onShow={acts.show} />
    </div>
  );
}

function Actions(props: {
  readonly acts: ReturnType<typeof usePromotion>['acts'];
  readonly busy: boolean;
  readonly planned: boolean;
  readonly nothing: boolean;
  /** Where there is another target. */
  readonly compare?: () => void;
}) {
  const { acts, busy, planned, nothing, compare } = props;
  return (
    <>
      <Button
        icon={Radar}
        disabled={busy}
        tooltip="Version, rights and room of the target; changes nothing"
        onClick={acts.probe}
      >
        Probe
      </Button>
      {compare && (
        <Button
          icon={GitCompare}
          tooltip="What this target and another one hold of what was promoted to them; changes nothing"
          onClick={compare}
        >
          Compare
        </Button>
      )}
      <Button icon={RotateCcw} disabled={busy} onClick={acts.rollBack}>
        Roll back…
      </Button>
      <Button
        icon={ShieldCheck}
        disabled={busy || nothing}
        tooltip="Compares what is there with what is here; changes nothing"
        onClick={acts.verify}
      >
        Verify
      </Button>
      <Button
        kind={planned ? 'normal' : 'primary'}
        icon={ListChecks}
        disabled={busy || nothing}
        onClick={() => acts.plan()}
      >
        {planned ? 'Plan again' : 'Plan'}
      </Button>
    </>
  );
}

function Earlier(props: {
  readonly target: string;
  readonly shown: Receipt | null;
  readonly onShow: (receipt: Receipt) => void;
}) {
  const { data } = useEngine('promote', 'receipts', {});
  const own = data?.filter((receipt) => receipt.target === props.target) ?? [];
  if (own.length === 0) return null;
  return <ReceiptList receipts={own} shown={props.shown} onShow={props.onShow} />;
}
