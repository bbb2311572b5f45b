import type { Origin } from '../../../shared/contract/promote.ts';
import { counted } from '../../../shared/number-words.ts';
import styles from './receipt.module.css';

/** Where all that was promoted came from: files as they were read, and what was written of how, each with its hash. */
export function OriginList({ origins }: { readonly origins: readonly Origin[] }) {
  return (
    <details className={styles['evidence']}>
      <summary>
        <b>Where it came from</b>
        <span>{counted(origins.length, 'table or view', 'tables and views')}, back to the files</span>
      </summary>
      <table>
        <thead>
          <tr>
            <th scope="col">Table</th>
            <th scope="col">Made from</th>
            <th scope="col">Made by</th>
            <th scope="col">SHA-256</th>
          </tr>
        </thead>
        {origins.map(({ table, source, by, reads }) => (
          <tbody key={table}>
            <tr>
              <th scope="row" rowSpan={source && by ? 2 : 1}>
                {table}
              </th>
              <td>{source?.file ?? (reads.join(', ') || '–')}</td>
              <td>{source ? 'imported' : (by?.file ?? 'its own SQL')}</td>
              <Hash value={source?.sha256 ?? by?.sha256 ?? null} />
            </tr>
            {source && by && (
              <tr>
                <td />
                <td>{by.file}</td>
                <Hash value={by.sha256} />
              </tr>
            )}
          </tbody>
        ))}
      </table>
    </details>
  );
}

const Hash = ({ value }: { readonly value: string | null }) => (
  <td title={value ?? undefined}>{value === null ? '–' : `${value.slice(0, 16)}…`}</td>
);
