import type { Dialect, SniffedDialect } from '../../../shared/contract/files.ts';
import { count, counted } from '../../../shared/number-words.ts';
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
/** Guesses below are shown at once: somebody has to look at them. */
const unsure = 0.6;

/** What speaks for each part of the way a file is written, and how sure it is; other tables in it are offered. */
export function DialectEvidence(props: {
  readonly dialect: SniffedDialect;
  readonly onTable: (skipLines: number) => void;
  readonly onFooter: (records: number) => void;
}) {
  const { guesses = {}, newline, otherTables = [], footer = [] } = props.dialect;
  const keys = (Object.keys(words) as (keyof Dialect)[]).filter((key) => guesses[key]);
  const doubts = keys.filter((key) => !guesses[key]?.chosen && (guesses[key]?.confidence ?? 1) <= unsure);
  return (
    <>
      {doubts.map((key) => (
        <p key={key} className={styles['doubt']} role="status">
          {`${words[key]}, not sure: ${guesses[key]?.evidence}. `}
          {key === 'footerLines' && (
            <Button small onClick={() => props.onFooter(1)}>
              Leave it out
            </Button>
          )}
        </p>
      ))}
      {footer.length > 0 && (
        <p className={styles['evidence']}>
          {`Behind the rows, not loaded: ${footer.map((text) => `“${text}”`).join(', ')}. `}
          <Button small onClick={() => props.onFooter(0)}>
            Read as rows
          </Button>
        </p>
      )}
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
