import type { DialectOverride, SniffedDialect } from '../../../shared/contract/files.ts';
import { NumberField } from '../../ui/number-field.tsx';
import { Select } from '../../ui/select.tsx';
import { Switch } from '../../ui/switch.tsx';
import styles from './guesses.module.css';

const delimiters = [
  { value: ',', label: 'comma' },
  { value: ';', label: 'semicolon' },
  { value: '\t', label: 'tab' },
  { value: '|', label: 'bar |' },
  { value: ' ', label: 'space' },
  { value: ':', label: 'colon' },
];

const quotes = [
  { value: '"', label: 'double "' },
  { value: "'", label: "single '" },
  { value: '', label: 'none' },
];

const encodings = ['utf-8', 'latin-1', 'windows-1252', 'utf-16le', 'utf-16be', 'shift_jis', 'gb18030'].map(
  (value) => ({
    value,
    label: value,
  }),
);

const withOwn = (options: readonly { value: string; label: string }[], own: string) =>
  options.some(({ value }) => value === own) ? options : [...options, { value: own, label: own }];

/** Delimiter, quote, encoding, header and preamble of a file. */
export function DialectForm(props: {
  readonly dialect: SniffedDialect;
  readonly onChange: (part: DialectOverride) => void;
}) {
  const { dialect, onChange } = props;
  return (
    <div className={styles['dialect']}>
      <Select
        label="Delimiter"
        value={dialect.delimiter}
        options={withOwn(delimiters, dialect.delimiter)}
        onChange={(delimiter) => onChange({ delimiter })}
      />
      <Select
        label="Quote"
        value={dialect.quote}
        options={withOwn(quotes, dialect.quote)}
        onChange={(quote) => onChange({ quote })}
      />
      <Select
        label="Encoding"
        value={dialect.encoding}
        options={withOwn(encodings, dialect.encoding)}
        onChange={(encoding) => onChange({ encoding })}
      />
      <NumberField
        label="Lines before"
        value={dialect.skipLines}
        min={0}
        max={1000}
        onChange={(skipLines) => onChange({ skipLines: skipLines ?? 0 })}
      />
      <Switch
        label="First line names the columns"
        checked={dialect.header}
        onChange={(header) => onChange({ header })}
      />
    </div>
  );
}
