import { useState } from 'react';
import type { Plan } from '../../../shared/contract/promote.ts';
import { counted } from '../../../shared/number-words.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/checkbox.tsx';
import { Choice } from '../../ui/choice.tsx';
import styles from './plan.module.css';
import { rowsGoing } from './rows-going.ts';

/** What a person has said yes to. */
export interface Accepted {
  readonly acceptDestructive: boolean;
  readonly acceptFailing: boolean;
  readonly acceptDrift: boolean;
  readonly plainVersions?: 'keep' | 'drop';
}

type Yes = 'acceptDestructive' | 'acceptFailing' | 'acceptDrift';

const nothing: Accepted = { acceptDestructive: false, acceptFailing: false, acceptDrift: false };

/** Each part of a plan that takes something away needs a yes of its own; then there is one button. */
export function ApplyFooter(props: { readonly plan: Plan; readonly onApply: (accepted: Accepted) => void }) {
  const { plan, onApply } = props;
  const [accepted, setAccepted] = useState(nothing);
  const asked = questionsOf(plan);
  const rows = rowsGoing(plan);
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
      {plan.plain.length > 0 && (
        <div className={styles['versions']}>
          Older versions with readable columns
          <Choice
            label="Older versions with readable columns"
            value={accepted.plainVersions ?? ('' as 'keep')}
            options={[
              { value: 'drop', label: 'Let them go' },
              { value: 'keep', label: 'Keep them' },
            ]}
            onChange={(plainVersions) => setAccepted({ ...accepted, plainVersions })}
          />
        </div>
      )}
      <Button kind="primary" disabled={!isReady(plan, accepted)} onClick={() => onApply(accepted)}>
        {rows === 0 ? 'Apply: no row changes' : `Apply ${counted(rows, 'row')}`}
      </Button>
    </footer>
  );
}

const isReady = (plan: Plan, accepted: Accepted) =>
  plan.undecided.length === 0 &&
  (plan.plain.length === 0 || accepted.plainVersions !== undefined) &&
  questionsOf(plan).every(({ name }) => accepted[name]);

function questionsOf({ changes, drift, gates }: Plan) {
  const destructive = changes.filter((change) => change.destructive).map(({ object }) => object);
  const drifted = drift.map(({ table }) => table);
  const all: readonly { readonly name: Yes; readonly label: string; readonly ask: boolean }[] = [
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
