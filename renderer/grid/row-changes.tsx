import type { RowChanges } from '../../shared/contract/import.ts';
import { count } from '../../shared/number-words.ts';
import styles from './row-changes.module.css';

/** Which rows differ between two tables: how many, and some of them. */
export const RowChangeList = ({ rows }: { readonly rows: RowChanges }) => (
  <div className={styles['changes']}>
    <RowCounts rows={rows} />
    <Examples rows={rows} />
  </div>
);

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
