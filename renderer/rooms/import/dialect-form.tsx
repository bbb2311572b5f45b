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

const escapes = [
  { value: '"', label: 'doubled "' },
  { value: '\\', label: 'backslash \\' },
  { value: '', label: 'none' },
];

const encodings = [
  'utf-8',
  'utf-16le',
  'utf-16be',
  'latin-1',
  'windows-1252',
  'windows-1250',
  'windows-1251',
  'iso-8859-2',
  'iso-8859-15',
  'koi8-r',
  'shift_jis',
  'euc-jp',
  'euc-kr',
  'gb18030',
  'big5',
].map((value) => ({ value, label: value }));

const comments = ['', '#', '//', '--', '%', ';'].map((value) => ({ value, label: value || 'none' }));

const decimals = [
  { value: 'found', label: 'as found' },
  { value: '.', label: 'point' },
  { value: ',', label: 'comma' },
];

const withOwn = (options: readonly { value: string; label: string }[], own: string) =>
  options.some(({ value }) => value === own) ? options : [...options, { value: own, label: own }];

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
  const choice = (
    label: string,
    value: string,
    options: readonly { value: string; label: string }[],
    change: (value: string) => DialectOverride,
  ) => (
    <Select
      label={label}
      value={value}
      options={withOwn(options, value)}
      onChange={(chosen) => onChange(change(chosen))}
    />
  );
  return (
    <>
      {choice('Delimiter', delimiter, delimiters, (value) => ({ delimiter: value }))}
      {choice('Quote', quote, quotes, (value) => ({ quote: value }))}
      {choice('Encoding', encoding, encodings, (value) => ({ encoding: value }))}
      {choice('Escape', escaping, escapes, (value) => ({ escape: value }))}
      {choice('Remarks begin with', comment, comments, (value) => ({ comment: value }))}
      {choice('Decimal mark', decimal, decimals, (value) => ({
        decimal: value === '.' || value === ',' ? value : undefined,
      }))}
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
