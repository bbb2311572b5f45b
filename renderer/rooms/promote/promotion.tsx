import { ListChecks, RotateCcw, ShieldCheck } from 'lucide-react';
import type { Receipt } from '../../../shared/contract/promote.ts';
import type { Target } from '../../../shared/contract/workspace.ts';
import { engine } from '../../engine.ts';
import { type Task, useTask } from '../../tasks.ts';
import { confirm } from '../../ui/ask.tsx';
import { Button } from '../../ui/button.tsx';
import { count } from '../../ui/format.ts';
import { ProblemView } from '../../ui/problem-view.tsx';
import { Progress } from '../../ui/progress.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useEngine } from '../../use-engine.ts';
import { useTabMemory } from '../../workspace/tab-state.ts';
import { ChosenObjects, useChosen } from './chosen-objects.tsx';
import { PlanView } from './plan-view.tsx';
import styles from './promote.module.css';
import { ReceiptList, ReceiptView } from './receipt-view.tsx';
import { targetPlace } from './target-words.ts';
import { usePlan } from './use-plan.ts';

/** One target: what goes there, the plan, Apply, and afterwards the receipt. */
export function Promotion({ target }: { readonly target: Target }) {
  const [password, setPassword] = useTabMemory(`password of ${target.name}`, '');
  const [receipt, setReceipt] = useTabMemory<Receipt | null>(`receipt of ${target.name}`, null);
  const chosen = useChosen(target.name);
  const call = { target: target.name, ...chosen.call, ...(password ? { password } : {}) };
  const { plan, planning, makePlan, forgetPlan } = usePlan(call);
  const work = useTask();
  const act = async (title: string, run: Parameters<typeof work.start<Receipt>>[1]) => {
    const done = await work.start(title, run);
    if (done) setReceipt(done);
    if (done) forgetPlan();
  };
  const rollBack = async () => {
    const says = 'What the last promotion replaced comes back, what it created goes. One transaction.';
    if (!(await confirm({ title: `Roll back ${target.name}?`, says, action: 'Roll back', danger: true })))
      return;
    await act(`Rolling back ${target.name}`, (options) =>
      engine.promote.rollback({ target: target.name, ...(password ? { password } : {}) }, options),
    );
  };
  const busy = work.running || planning.running;
  return (
    <div className={styles['promotion']}>
      <header className={styles['head']}>
        <div>
          <h1>{target.name}</h1>
          <p>{targetPlace(target)}</p>
        </div>
        {target.kind === 'postgres' && (
          <TextField label="Password, for this session" password value={password} onChange={setPassword} />
        )}
        <Button icon={RotateCcw} disabled={busy} onClick={() => void rollBack()}>
          Roll back…
        </Button>
        <Button
          icon={ShieldCheck}
          disabled={busy}
          tooltip="Compares what is there with what is here; changes nothing"
          onClick={() =>
            void act(`Verifying ${target.name}`, (options) => engine.promote.verify(call, options))
          }
        >
          Verify
        </Button>
        <Button
          kind={plan ? 'normal' : 'primary'}
          icon={ListChecks}
          disabled={busy || chosen.none}
          onClick={makePlan}
        >
          {plan ? 'Plan again' : 'Plan'}
        </Button>
      </header>
      <ChosenObjects chosen={chosen} disabled={busy} />
      {[planning.task, work.task].map((task) => task && <TaskState key={task.id} task={task} />)}
      {plan && !busy && (
        <PlanView
          plan={plan}
          onApply={(accepted) =>
            void act(`Promoting to ${target.name}`, (options) =>
              engine.promote.apply({ ...call, fingerprint: plan.fingerprint, ...accepted }, options),
            )
          }
        />
      )}
      {receipt && !busy && !plan && <ReceiptView receipt={receipt} />}
      <Earlier target={target.name} shown={receipt} onShow={setReceipt} />
    </div>
  );
}

function TaskState({ task }: { readonly task: Task }) {
  if (task.problem) return <ProblemView problem={task.problem} />;
  if (task.status === 'cancelled') return <p className={styles['outcome']}>{task.outcome}</p>;
  if (task.status !== 'running' && task.status !== 'cancelling') return null;
  const { title, done = 0, total, unit } = { ...task, ...task.progress };
  return (
    <section className={styles['running']} aria-live="polite">
      <p>
        {title}
        {total ? ` · ${count(done)} of ${count(total)} ${unit ?? ''}` : ''}
      </p>
      <Progress label={title} done={done} total={total} />
    </section>
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
