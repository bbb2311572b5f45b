import type { DialectOverride } from '../../../shared/contract/files.ts';
import type { LeftOut, SettingValue, SniffedFormat } from '../../../shared/contract/formats.ts';
import { leftOutWords } from '../../../shared/left-out-words.ts';
import { Button } from '../../ui/button.tsx';
import styles from './guesses.module.css';

/** What reads it as rows in delimited text. */
const asRows: Readonly<Partial<Record<LeftOut['kind'], DialectOverride>>> = {
  preamble: { skipLines: 0 },
  header: { headerLines: 1 },
  comment: { comment: '' },
  repeated: { keepRepeats: true },
  footer: { footerLines: 0 },
};

/** What of a file is not loaded, or may be no row, each with what reads it otherwise. */
export function LeftOutNotes(props: {
  readonly format: SniffedFormat;
  readonly delimited: boolean;
  readonly onDialect: (part: DialectOverride) => void;
  readonly onSetting: (key: string, value: SettingValue) => void;
}) {
  const { format, delimited, onDialect, onSetting } = props;
  const { open = [], leftOut = [], kind } = format;
  const readAsRows = (one: LeftOut) => {
    if (delimited) return asRows[one.kind] && (() => onDialect(asRows[one.kind] as DialectOverride));
    return kind === 'excel' && one.kind === 'preamble' ? () => onSetting('range', 'A1') : undefined;
  };
  return (
    <>
      {open.map(({ says }) => (
        <p key={says} className={styles['doubt']} role="status">
          {upper(says)}.
        </p>
      ))}
      {leftOut.map((one) => {
        const words = leftOutWords(one);
        const onRows = readAsRows(one);
        return (
          <p key={words} className={styles['evidence']} role="status">
            {`${one.file === undefined ? upper(words) : words}${words.endsWith('…') ? '' : '.'} `}
            {onRows && (
              <Button small onClick={onRows}>
                Read as rows
              </Button>
            )}
          </p>
        );
      })}
    </>
  );
}

const upper = (words: string) => words.charAt(0).toUpperCase() + words.slice(1);
