import { count } from '../../../shared/number-words.ts';
import styles from './import-view.module.css';

interface RejectLine {
  readonly line: number;
  readonly column: string | null;
  readonly cause: string;
  readonly raw: string;
}

/** Rows that do not load: line, column, cause and their text. */
export function RejectsTable({ rejects }: { readonly rejects: readonly RejectLine[] }) {
  return (
    <ul className={styles['rejectList']}>
      {rejects.map(({ line, column, cause, raw }, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a reject is its place
        <li key={at} data-selectable>
          <span className={styles['rejectLine']}>line {count(line)}</span>
          <span>
            {column && <strong>{column}: </strong>}
            {cause}
          </span>
          <code title={raw.slice(0, 2000)}>{raw.slice(0, 300)}</code>
        </li>
      ))}
    </ul>
  );
}
