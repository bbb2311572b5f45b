import { Copy, History, ListPlus, Merge, Minus, Plus, Replace, Save } from 'lucide-react';
import { useState } from 'react';
import type { Plan, PlannedChange } from '../../../shared/contract/promote.ts';
import type { Target } from '../../../shared/contract/workspace.ts';
import { count } from '../../../shared/number-words.ts';
import { bridge } from '../../bridge.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { MarkedWords } from '../../ui/marked-words.tsx';
import { Verdict } from '../../ui/verdict.tsx';
import { AppendedList } from './appended-list.tsx';
import { type Accepted, ApplyFooter } from './apply-footer.tsx';
import { DriftList } from './drift-list.tsx';
import { EstimateLine } from './estimate-line.tsx';
import { PlainVersionsList } from './plain-versions-list.tsx';
import styles from './plan.module.css';
import { RowDiff } from './row-diff.tsx';
import { isSame } from './rows-going.ts';
import { UndecidedList } from './undecided-list.tsx';

/** What would change, as a diff or as SQL; the gates; and the one button that does it. */
export function PlanView(props: {
  readonly target: Target;
  readonly plan: Plan;
  readonly onApply: (accepted: Accepted) => void;
  readonly onPlan: (saved: Target) => void;
}) {
  const { target, plan, onApply, onPlan } = props;
  const [shown, setShown] = useState<'changes' | 'sql'>('changes');
  return (
    <section className={styles['plan']} aria-label="Plan">
      <header>
        <h2>
          Plan <small>{plan.server}</small>
        </h2>
        <Button small icon={Copy} onClick={() => bridge.copy(plan.sql)}>
          Copy SQL
        </Button>
        <Button
          small
          icon={Save}
          onClick={() => void bridge.saveText(`promote ${plan.target}.sql`, `${plan.sql}\n`)}
        >
          Save SQL…
        </Button>
        <Choice
          label="Plan as"
          value={shown}
          onChange={setShown}
          options={[
            { value: 'changes', label: `Changes ${plan.changes.length}` },
            { value: 'sql', label: 'SQL' },
          ]}
        />
      </header>
      {plan.estimate && <EstimateLine estimate={plan.estimate} />}
      {shown === 'sql' ? (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        <pre className={styles['sql']} tabIndex={0}>
          {plan.sql}
        </pre>
      ) : (
        <Changes changes={plan.changes} />
      )}
      {plan.undecided.length > 0 && (
        <UndecidedList target={target} undecided={plan.undecided} onDecided={onPlan} />
      )}
      <AppendedList target={target} changes={plan.changes} onSaved={onPlan} />
      {plan.plain.length > 0 && <PlainVersionsList plain={plan.plain} />}
      {plan.drift.length > 0 && <DriftList drift={plan.drift} />}
      {plan.gates.length > 0 && <Gates gates={plan.gates} />}
      <ApplyFooter plan={plan} onApply={onApply} />
    </section>
  );
}

const signs = { create: Plus, replace: Replace, append: ListPlus, merge: Merge, scd2: History, keep: Minus };

function Changes({ changes }: { readonly changes: readonly PlannedChange[] }) {
  return (
    <ul className={styles['changes']}>
      {changes.map((change) => {
        const { object, kind, action, destructive, rows, says } = change;
        const Sign = signs[action];
        const tone = isSame(change) ? 'same' : action;
        return (
          <li key={`${kind} ${object} ${action} ${says}`} data-action={destructive ? 'destructive' : tone}>
            <Sign aria-hidden />
            <b title={object}>{object}</b>
            <span>{destructive ? `${action}, destructive` : isSame(change) ? 'same rows' : action}</span>
            <em>{says}</em>
            <RowDiff change={change} />
            <data value={rows}>{kind === 'extension' || kind === 'schema' ? '' : count(rows)}</data>
          </li>
        );
      })}
    </ul>
  );
}

function Gates({ gates }: { readonly gates: Plan['gates'] }) {
  return (
    <section className={styles['gates']} aria-label="Gates">
      <h3>Checks that stop it</h3>
      <ul>
        {gates.map(({ table, check, verdict, says }) => (
          <li key={`${table} ${check}`}>
            <Verdict verdict={verdict} />
            <b>{table}</b>
            <span>
              <MarkedWords says={says} />
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
