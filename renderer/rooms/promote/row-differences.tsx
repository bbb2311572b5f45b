import type { RowDifference } from '../../../shared/contract/promote.ts';
import styles from './receipt.module.css';

/** The first rows that differ, each as it is here and there; of many columns those that differ come first. */
export function RowDifferences({ differences }: { readonly differences: readonly RowDifference[] }) {
  const named = [...new Set(differences.flatMap(({ here, there }) => Object.keys(here ?? there ?? {})))];
  const differing = new Set(differences.flatMap(({ columns }) => columns));
  const columns = named.sort((a, b) => Number(differing.has(b)) - Number(differing.has(a))).slice(0, 6);
  return (
    <table>
      <caption>First rows that differ</caption>
      <thead>
        <tr>
          <th scope="col">Side</th>
          {columns.map((name) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      {differences.map(({ here, there, columns: differ }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name, and the list never changes
        <tbody key={at}>
          <Cells side="here" row={here} columns={columns} differ={differ} />
          <Cells side="there" row={there} columns={columns} differ={differ} />
        </tbody>
      ))}
    </table>
  );
}

function Cells(props: {
  readonly side: string;
  readonly row: RowDifference['here'];
  readonly columns: readonly string[];
  readonly differ: readonly string[];
}) {
  const { side, row, columns, differ } = props;
  if (row === null) {
    return (
      <tr>
        <th scope="row">{side}</th>
        <td colSpan={columns.length}>no such row</td>
      </tr>
    );
  }
  return (
    <tr>
      <th scope="row">{side}</th>
      {columns.map((name) => (
        <td key={name} data-differs={differ.includes(name) || undefined} className={styles['cell']}>
          {row[name] === null ? <i>null</i> : row[name]}
        </td>
      ))}
    </tr>
  );
}
