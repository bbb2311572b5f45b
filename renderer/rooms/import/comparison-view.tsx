import type { ImportPlan, RowChanges } from '../../../shared/contract/import.ts';
import { Button } from '../../ui/button.tsx';
import { count, counted } from '../../ui/format.ts';
import styles from './comparison.module.css';

/** What an import would change: columns first, then rows with examples. */
export function ComparisonView(props: { readonly plan: ImportPlan; readonly onBack: () => void }) {
  const { plan, onBack } = props;
  const { changes, table, rows, sameContent } = plan;
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
      {rows && <RowCounts rows={rows} />}
      {rows && <Examples rows={rows} />}
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

function RowCounts({ rows }: { readonly rows: RowChanges }) {
  const by = rows.by.length > 0 ? `told apart by ${rows.by.join(', ')}` : 'compared as a whole';
  return (
    <p>
      Rows, {by}: <strong data-is="new">{count(rows.new)} new</strong>,{' '}
      <strong data-is="changed">{count(rows.changed)} changed</strong>,{' '}
      <strong data-is="removed">{count(rows.removed)} removed</strong>, {count(rows.unchanged)} unchanged.
    </p>
  );
}

type Cells = readonly (string | null)[];

function Examples({ rows }: { readonly rows: RowChanges }) {
  const { examples, columns } = rows;
  const lines: { sign: string; is: string; cells: Cells; other?: Cells }[] = [
    ...examples.changed.flatMap(({ before, after }) => [
      { sign: 'was', is: 'removed', cells: before, other: after },
      { sign: 'is', is: 'new', cells: after, other: before },
    ]),
    ...examples.new.map((cells) => ({ sign: 'new', is: 'new', cells })),
    ...examples.removed.map((cells) => ({ sign: 'gone', is: 'removed', cells })),
  ];
  if (lines.length === 0) return null;
  return (
    <table>
      <thead>
        <tr>
          <th scope="col">for example</th>
          {columns.map((name) => (
            <th scope="col" key={name}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {lines.map(({ sign, is, cells, other }, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an example is its place
          <tr key={at}>
            <td data-is={is}>{sign}</td>
            {columns.map((name, place) => (
              <ExampleCell
                key={name}
                cell={cells[place] ?? null}
                is={other && other[place] !== cells[place] ? is : undefined}
              />
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function ExampleCell({ cell, is }: { readonly cell: string | null; readonly is: string | undefined }) {
  if (cell === null)
    return (
      <td className={styles['faint']} data-is={is}>
        null
      </td>
    );
  return (
    <td data-is={is} title={cell.length > 40 ? cell : undefined}>
      {cell.slice(0, 80)}
    </td>
  );
}
