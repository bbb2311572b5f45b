import { useState } from 'react';
import type { Plan } from '../../../shared/contract/promote.ts';
import { count, counted } from '../../../shared/number-words.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import styles from './plan.module.css';

/** What a person has said yes to. */
export interface Accepted {
  readonly acceptDestructive: boolean;
  readonly acceptFailing: boolean;
  readonly acceptDrift: boolean;
}

const nothing: Accepted = { acceptDestructive: false, acceptFailing: false, acceptDrift: false };

/** Each part of a plan that takes something away needs a yes of its own; then there is one button. */
export function ApplyFooter(props: { readonly plan: Plan; readonly onApply: (accepted: Accepted) => void }) {
  const { plan, onApply } = props;
  const [accepted, setAccepted] = useState(nothing);
  const asked = questionsOf(plan);
  return (
    <footer data-action-bar className={styles['apply']}>
      {asked.map(({ name, label }) => (
        <Checkbox
          key={name}
          label={label}
          checked={accepted[name]}
          onChange={(yes) => setAccepted({ ...accepted, [name]: yes })}
        />
      ))}
      <Button
        kind="primary"
        disabled={plan.undecided.length > 0 || !asked.every(({ name }) => accepted[name])}
        onClick={() => onApply(accepted)}
      >
        {`Apply ${count(plan.changes.reduce((rows, change) => rows + change.rows, 0))} rows`}
      </Button>
    </footer>
  );
}

function questionsOf({ changes, drift, gates }: Plan) {
  const destructive = changes.filter((change) => change.destructive).map(({ object }) => object);
  const drifted = drift.map(({ table }) => table);
  const all: readonly { readonly name: keyof Accepted; readonly label: string; readonly ask: boolean }[] = [
    {
      name: 'acceptDestructive',
      label: `Replace rows that are on the target (${destructive.join(', ')})`,
      ask: destructive.length > 0,
    },
    {
      name: 'acceptDrift',
      label: `Replace what was changed there since (${drifted.join(', ')})`,
      ask: drifted.length > 0,
    },
    {
      name: 'acceptFailing',
      label: `Promote although ${counted(gates.length, 'check')} did not pass`,
      ask: gates.length > 0,
    },
  ];
  return all.filter(({ ask }) => ask);
}
