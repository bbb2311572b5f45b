import { useState } from 'react';
import type { PrivateColumn } from '../../../shared/contract/promote.ts';
import type { ColumnDecision, Target } from '../../../shared/contract/workspace.ts';
import { Button } from '../../ui/button.tsx';
import { Choice } from '../../ui/choice.tsx';
import { ProblemView } from '../../ui/problem-view.tsx';
import { useEngineAction } from '../../use-engine.ts';
import styles from './plan.module.css';
import { withTable } from './table-settings.ts';

const ways = [
  { value: 'keep', label: 'Send' },
  { value: 'mask', label: 'Mask' },
  { value: 'drop', label: 'Leave out' },
] as const;

type Decided = Readonly<Record<string, ColumnDecision>>;

const keyOf = ({ table, column }: PrivateColumn) => `${table}.${column}`;

/** Private columns: each wants a word before anything goes; a collection that holds one goes with it or not at all. */
export function UndecidedList(props: {
  readonly target: Target;
  readonly undecided: readonly PrivateColumn[];
  readonly onDecided: (saved: Target) => void;
}) {
  const { target, undecided, onDecided } = props;
  const [decided, setDecided] = useState<Decided>({});
  const { run, busy, problem } = useEngineAction('workspace', 'saveTarget');
  const keys = [...new Set(undecided.map(keyOf))];
  const save = async () => {
    const changed = undecided.reduce((one, column) => withDecision(one, column, decided), target);
    await run({ target: changed });
    onDecided(changed);
  };
  return (
    <section className={styles['gates']} aria-label="Private columns">
      <h3>Private columns: say what becomes of them before anything goes</h3>
      <ul>
        {undecided.map((one) => (
          <li key={`${keyOf(one)} ${one.collection ?? ''}`} className={styles['undecided']}>
            <b>{keyOf(one)}</b>
            <span>{one.collection === null ? 'in the table' : `in the collection ${one.collection}`}</span>
            <Choice
              label={`What becomes of ${keyOf(one)}`}
              value={decided[keyOf(one)] ?? ('' as ColumnDecision)}
              options={one.collection === null ? ways : ways.slice(0, 1)}
              onChange={(way) => setDecided({ ...decided, [keyOf(one)]: way })}
            />
          </li>
        ))}
      </ul>
      <footer>
        <Button
          busy={busy}
          disabled={!keys.every((key) => decided[key])}
          onClick={() => void save().catch(() => undefined)}
        >
          Keep in assay.yaml and plan again
        </Button>
      </footer>
      {problem && <ProblemView problem={problem} />}
    </section>
  );
}

function withDecision(target: Target, one: PrivateColumn, decided: Decided): Target {
  const way = decided[keyOf(one)];
  const before = target.tables?.[one.table] ?? {};
  if (!way) return target;
  return withTable(target, one.table, { ...before, private: { ...before.private, [one.column]: way } });
}
