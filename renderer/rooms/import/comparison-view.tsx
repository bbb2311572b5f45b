import type { ImportPlan } from '../../../shared/contract/import.ts';
import { counted } from '../../../shared/number-words.ts';
import { RowChangeList } from '../../grid/row-changes.tsx';
import { Button } from '../../ui/button.tsx';
import { Switch } from '../../ui/switch.tsx';
import styles from './comparison.module.css';

/** What an import would change: columns first, then rows with examples. */
export function ComparisonView(props: {
  readonly plan: ImportPlan;
  /** What is asked about columns that only the file has, where rows join those of the table. */
  readonly newColumns?: { readonly checked: boolean; readonly onChange: (checked: boolean) => void };
  readonly onBack: () => void;
}) {
  const { plan, newColumns, onBack } = props;
  const { changes, table, rows, sameContent } = plan;
  const { rejected } = plan.account;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scroll area must be reachable by keyboard
    <section className={styles['comparison']} aria-label="Changes" tabIndex={0}>
      <header>
        <h3>
          {changes === 0 ? '0 changes' : counted(changes, 'change')} in {table}
        </h3>
        <Button small onClick={onBack}>
          Back to the preview
        </Button>
      </header>
      {sameContent && <p className={styles['muted']}>The file is the same as at the last import.</p>}
      <ColumnChangeList plan={plan} />
      {newColumns && plan.columns.added.length > 0 && (
        <Switch label="Add the new columns to the table" {...newColumns} />
      )}
      {plan.keyRefused && <p role="alert">Rows were not compared. {plan.keyRefused}</p>}
      {rows && <RowChangeList rows={rows} />}
      {rows && rows.removed > 0 && (
        <p className={styles['muted']}>Rows are removed only where the table’s rows are replaced.</p>
      )}
      {rows && rows.removed > 0 && rejected > 0 && (
        <p>
          {counted(rejected, 'record')} of the file {rejected === 1 ? 'does' : 'do'} not fit: what the table
          holds of {rejected === 1 ? 'it' : 'them'} is counted as removed.
        </p>
      )}
    </section>
  );
}

function ColumnChangeList({ plan }: { readonly plan: ImportPlan }) {
  const { added, removed, retyped } = plan.columns;
  if (added.length + removed.length + retyped.length === 0)
    return <p className={styles['muted']}>The columns are the same.</p>;
  return (
    <ul className={styles['columns']}>
      {added.map((name) => (
        <li key={name} data-is="new">
          + <code>{name}</code> is new
        </li>
      ))}
      {removed.map((name) => (
        <li key={name} data-is="removed">
          − <code>{name}</code> is gone
        </li>
      ))}
      {retyped.map(({ name, from, to }) => (
        <li key={name} data-is="changed">
          ~ <code>{name}</code> was {from}, is {to}
        </li>
      ))}
    </ul>
  );
}
