import type { StatementResult } from '../../../shared/contract/query.ts';
import { count, duration } from '../../../shared/number-words.ts';
import { cx } from '../../ui/cx.ts';
import styles from '../../ui/list.module.css';

/** Each statement with what it did, to how many rows, in what time. */
export function Messages({ results }: { readonly results: readonly StatementResult[] }) {
  return (
    <div className={styles['scroll']}>
      <table className={cx(styles['table'], styles['lastWide'])}>
        <thead>
          <tr>
            <th scope="col">statement</th>
            <th scope="col" className={styles['right']}>
              rows
            </th>
            <th scope="col" className={styles['right']}>
              time
            </th>
            <th scope="col">did</th>
          </tr>
        </thead>
        <tbody>
          {results.map((result, at) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a statement is its place
            <tr key={at}>
              <td>{at + 1}</td>
              <td className={styles['right']}>{count(result.rows)}</td>
              <td className={styles['right']}>{duration(result.ms)}</td>
              <td>{words(result)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const words = ({ command, bytes, rows, more }: StatementResult) => {
  if (more) return `${command} · first ${count(rows)} rows, there are more`;
  return bytes ? `${command} · ${count(rows)} rows read` : command;
};
