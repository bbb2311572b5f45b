import type { Dialect, SniffedDialect } from '../../../shared/contract/files.ts';
import { count, counted } from '../../../shared/number-words.ts';
import { toldGuesses } from '../../../shared/told-guesses.ts';
import { Button } from '../../ui/button.tsx';
import { Confidence } from './confidence.tsx';
import styles from './guesses.module.css';

const words: Readonly<Partial<Record<keyof Dialect, string>>> = {
  encoding: 'Encoding',
  delimiter: 'Delimiter',
  quote: 'Quote',
  escape: 'Escape',
  headerLines: 'Header',
  skipLines: 'Lines before',
  comment: 'Remarks',
  footerLines: 'Records after',
  spelling: 'Cells',
};
/** What speaks for each part of the way a file is written, and how sure it is; other tables in it are offered. */
export function DialectEvidence(props: {
  readonly dialect: SniffedDialect;
  readonly onTable: (skipLines: number) => void;
  readonly onFooter: (records: number) => void;
}) {
  const { guesses = {}, newline, otherTables = [] } = props.dialect;
  const keys = (Object.keys(words) as (keyof Dialect)[]).filter((key) => guesses[key]);
  const told = toldGuesses(props.dialect).map(([key]) => key);
  const doubts = keys.filter((key) => told.includes(key));
  return (
    <>
      {doubts.map((key) => (
        <p key={key} className={styles['doubt']} role="status">
          {`${words[key]}, ${Math.round((guesses[key]?.confidence ?? 0) * 100)} % sure: ${guesses[key]?.evidence}. `}
          {key === 'footerLines' && (
            <Button small onClick={() => props.onFooter(1)}>
              Leave it out
            </Button>
          )}
        </p>
      ))}
      {otherTables.map(({ line, columns, records, loaded }) => (
        <p key={line} className={styles['evidence']}>
          {`From line ${count(line)} on there is another table: ${counted(records, 'record')} of ${counted(columns, 'column')}${loaded ? ', loaded as rows of this one' : ''}. `}
          <Button small onClick={() => props.onTable(line - 1)}>
            Load that one instead
          </Button>
        </p>
      ))}
      <details>
        <summary>Why it is read so</summary>
        <dl className={styles['reasons']}>
          {keys.map((key) => (
            <div key={key}>
              <dt>
                {words[key]}{' '}
                <Confidence
                  share={guesses[key]?.chosen ? 1 : Math.min(0.99, guesses[key]?.confidence ?? 0)}
                />
              </dt>
              <dd className={styles['evidence']}>{guesses[key]?.evidence}</dd>
            </div>
          ))}
          {newline && (
            <div>
              <dt>Line ends</dt>
              <dd className={styles['evidence']}>{newline}</dd>
            </div>
          )}
        </dl>
      </details>
    </>
  );
}
