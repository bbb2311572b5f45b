import { againInWords } from '../../../shared/appended-words.ts';
import { named } from '../../../shared/by-name.ts';
import type { PlannedChange } from '../../../shared/contract/promote.ts';
import type { Target } from '../../../shared/contract/workspace.ts';
import { Button } from '../../ui/button.tsx';
import { ProblemView } from '../../ui/problem-view.tsx';
import { useEngineAction } from '../../use-engine.ts';
import styles from './plan.module.css';
import { withTable } from './table-settings.ts';

/** Tables in which rows would stand twice because they were corrected since they were appended, and the way to replace them. */
export function AppendedList(props: {
  readonly target: Target;
  readonly changes: readonly PlannedChange[];
  readonly onSaved: (saved: Target) => void;
}) {
  const { target, changes, onSaved } = props;
  const { run, busy, problem } = useEngineAction('workspace', 'saveTarget');
  const found = changes.flatMap(({ object, again }) => (again ? [{ object, again }] : []));
  if (found.length === 0) return null;
  const merge = async (table: string, key: readonly string[]) => {
    const before = named(target.tables, table) ?? {};
    const changed = withTable(target, table, { ...before, mode: 'merge', key: [...key] });
    await run({ target: changed });
    onSaved(changed);
  };
  return (
    <section className={styles['gates']} aria-label="Appended again">
      <h3>Corrected since they were appended: they would stand there twice</h3>
      <ul>
        {found.map(({ object, again }) => (
          <li key={object} className={styles['again']}>
            <b title={object}>{object}</b>
            <span>{againInWords(again)}</span>
            {again.by.length > 0 && (
              <Button
                small
                busy={busy}
                onClick={() => void merge(again.table, again.by).catch(() => undefined)}
              >
                {`Merge by ${again.by.join(', ')}`}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {problem && <ProblemView problem={problem} />}
    </section>
  );
}
