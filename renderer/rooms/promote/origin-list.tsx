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
          </tr>
        </thead>
        <tbody>
          {origins.map(({ table, source, by, reads }) => (
            <tr key={table}>
              <th scope="row">{table}</th>
              <td>{source ? <Hashed {...source} /> : reads.join(', ') || '–'}</td>
              <td>{by ? <Hashed {...by} /> : 'its own SQL'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}

/** A file, and the beginning of its hash; all of it where one points at it, and in the receipt's file. */
const Hashed = ({ file, sha256 }: { readonly file: string; readonly sha256: string | null }) => (
  <>
    {file}
    {sha256 !== null && (
      <>
        <br />
        <small title={`SHA-256 ${sha256}`}>SHA-256 {sha256.slice(0, 16)}…</small>
      </>
    )}
  </>
);
