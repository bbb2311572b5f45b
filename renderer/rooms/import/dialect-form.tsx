import type { DialectOverride, SniffedDialect } from '../../../shared/contract/files.ts';
import { usualEncodings } from '../../../shared/encodings.ts';
import { NumberField } from '../../ui/number-field.tsx';
import { Select } from '../../ui/select.tsx';
import { Switch } from '../../ui/switch.tsx';
import styles from './guesses.module.css';
import { SelectOrType } from './select-or-type.tsx';

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

const escapes = [
  { value: '"', label: 'doubled "' },
  { value: '\\', label: 'backslash \\' },
  { value: '', label: 'none' },
];

const encodings = usualEncodings.map((value) => ({ value, label: value }));

const comments = ['', '#', '//', '--', '%', ';'].map((value) => ({ value, label: value || 'none' }));

const decimals = [
  { value: 'found', label: 'as found' },
  { value: '.', label: 'point' },
  { value: ',', label: 'comma' },
];

const spellings = [
  { value: 'plain', label: 'delimiter' },
  { value: 'backslashes', label: 'backslash' },
  { value: 'typographic quotes', label: '“ ” « »' },
  { value: 'quoted lines', label: 'lines in ""' },
  { value: 'aligned', label: 'spaces' },
  { value: 'boxes', label: 'drawn bars' },
] as const;

interface PartProps {
  readonly dialect: SniffedDialect;
  readonly onChange: (part: DialectOverride) => void;
}

/** How a file is written; all of it can be chosen otherwise. */
export function DialectForm(props: PartProps) {
  const { dialect, onChange } = props;
  return (
    <div className={styles['dialect']}>
      <Marks {...props} />
      <Records {...props} />
      <Switch
        label="First line names the columns"
        checked={dialect.header}
        onChange={(header) => onChange({ header, headerLines: header ? 1 : 0 })}
      />
    </div>
  );
}

function Marks({ dialect, onChange }: PartProps) {
  const { delimiter, quote, escape: escaping, encoding, comment = '', decimal = 'found' } = dialect;
  const { spelling = 'plain' } = dialect;
  const choice = (
    label: string,
    value: string,
    options: readonly { value: string; label: string }[],
    placeholder: string,
    change: (value: string) => DialectOverride,
  ) => (
    <SelectOrType
      {...{ label, value, options, placeholder }}
      onChange={(chosen) => onChange(change(chosen))}
    />
  );
  return (
    <>
      {choice('Delimiter', delimiter, delimiters, '|| or \\t', (value) => ({
        delimiter: value.slice(0, 8),
      }))}
      {choice('Quote', quote, quotes, 'one character', (value) => ({ quote: value.slice(0, 1) }))}
      {choice('Encoding', encoding, encodings, 'windows-1253', (value) => ({
        encoding: value.trim(),
      }))}
      {choice('Escape', escaping, escapes, 'one character', (value) => ({ escape: value.slice(0, 1) }))}
      {choice('Remark sign', comment, comments, ';;', (value) => ({ comment: value.slice(0, 4) }))}
      <Select
        label="Decimal mark"
        value={decimal}
        options={decimals}
        onChange={(value) => onChange({ decimal: value === '.' || value === ',' ? value : undefined })}
      />
      <Select
        label="Cells told by"
        value={spelling}
        options={spellings}
        onChange={(chosen) => onChange({ spelling: chosen })}
      />
    </>
  );
}

function Records({ dialect, onChange }: PartProps) {
  const { skipLines, headerLines = dialect.header ? 1 : 0, footerLines } = dialect;
  return (
    <>
      <NumberField
        label="Lines before"
        value={skipLines}
        min={0}
        max={1000}
        onChange={(lines) => onChange({ skipLines: lines ?? 0 })}
      />
      <NumberField
        label="Header lines"
        value={headerLines}
        min={0}
        max={20}
        onChange={(lines) => onChange({ headerLines: lines ?? 0, header: (lines ?? 0) > 0 })}
      />
      <NumberField
        label="Records after"
        value={footerLines ?? null}
        min={0}
        max={1000}
        onChange={(records) => onChange({ footerLines: records ?? undefined })}
      />
    </>
  );
}
