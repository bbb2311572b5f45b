import { useState } from 'react';
import type { FilePreview } from '../../../shared/contract/files.ts';
import { count, counted } from '../../../shared/number-words.ts';
import type { Progress as Far } from '../../../shared/wire.ts';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useEngine } from '../../use-engine.ts';
import { AccountLine } from './account-line.tsx';
import styles from './import-view.module.css';
import type { FilePlan } from './plan.ts';

const modes = [
  { value: 'replace', label: 'Replace its rows' },
  { value: 'append', label: 'Add to its rows' },
  { value: 'merge', label: 'Merge by key' },
] as const;

/** The account, the table's name, and the one button. */
export function ImportBar(props: {
  readonly preview: FilePreview;
  readonly plan: FilePlan;
  readonly change: (part: Partial<FilePlan>) => void;
  readonly looking: Far | undefined;
  readonly onImport: (table: string) => void;
  readonly onCompare: (table: string) => void;
}) {
  const { preview, plan, change, looking, onImport, onCompare } = props;
  const { data: tables } = useEngine('tables', 'list', {}, { also: ['import'] });
  const table = plan.table ?? preview.table;
  const exists = tables?.some(({ name }) => name === table) ?? false;
  const keyless = plan.mode === 'merge' && (plan.key ?? []).length === 0;
  const waits = exists && (!plan.mode || keyless);
  const rows = counted(preview.account.loaded, 'row');
  const percent = looking?.total
    ? looking.done < looking.total
      ? ` · reading the rest, ${Math.floor((looking.done * 100) / looking.total)} %`
      : ' · adding it up'
    : '';
  return (
    <div className={styles['bar']} data-action-bar>
      <div className={styles['says']}>
        <AccountLine account={preview.account} complete={preview.complete} />
        <p className={styles['note']}>
          {waits ? waitingWords(table, keyless) : bytesRead(preview)}
          {percent}
        </p>
      </div>
      <div className={styles['fields']}>
        <div className={styles['tableName']}>
          <TextField
            label="Table"
            hideLabel
            mono
            value={table}
            onChange={(name) => change({ table: name })}
          />
        </div>
        {exists && (
          <div className={styles['mode']}>
            <Select
              label="The table is there"
              hideLabel
              placeholder="It is there…"
              value={plan.mode ?? null}
              options={modes}
              onChange={(mode) => change({ mode })}
            />
          </div>
        )}
        {exists && (
          <>
            <div className={styles['key']}>
              <KeyField key={plan.recipe ?? ''} value={plan.key} onChange={(key) => change({ key })} />
            </div>
            <Button disabled={nothingFits(preview)} onClick={() => onCompare(table.trim())}>
              Compare
            </Button>
          </>
        )}
        <Button
          kind="primary"
          disabled={waits || nothingFits(preview) || table.trim() === ''}
          onClick={() => onImport(table.trim())}
        >
          {preview.complete ? `Import ${rows}` : 'Import all rows'}
        </Button>
      </div>
    </div>
  );
}

const waitingWords = (table: string, keyless: boolean) =>
  keyless
    ? 'To merge, name the columns that tell rows apart, by commas.'
    : `There is a table ${table} already: say what to do with it, or choose another name.`;

/** Columns by commas; what is typed stays as typed until it is left. */
function KeyField(props: {
  readonly value: readonly string[] | undefined;
  readonly onChange: (key: readonly string[]) => void;
}) {
  const [text, setText] = useState(props.value?.join(', ') ?? '');
  return (
    <TextField
      label="Key columns, by commas"
      hideLabel
      mono
      placeholder="key: id"
      value={text}
      onChange={(next) => {
        setText(next);
        props.onChange(
          next
            .split(',')
            .map((name) => name.trim())
            .filter(Boolean),
        );
      }}
    />
  );
}

/** True where every row of the file would be rejected. A file without rows still makes a table. */
const nothingFits = ({ complete, account }: FilePreview) =>
  complete && account.loaded === 0 && account.rejected > 0;

const bytesRead = (preview: FilePreview) => {
  const { complete, rejects, account, columns } = preview;
  if (nothingFits(preview)) return 'No row fits its columns: change a type, or how the file is read.';
  if (!complete) return 'The account of the whole file follows; nothing is left out when it is imported.';
  const asked = columns.filter(({ readings }) => readings).map(({ name }) => name);
  if (asked.length > 0)
    return `${asked.slice(0, 3).join(', ')}${asked.length > 3 ? ' …' : ''} can be read in two ways: say how at the right, or it stays text.`;
  const more = account.rejected > rejects.length ? ` of ${count(account.rejected)}` : '';
  return rejects.length > 0
    ? `Rejected rows are kept with their text: ${rejects.length}${more} listed at the right.`
    : `Every row fits.${readAsNull(columns)}`;
};

/** Columns some of whose words become null without having been asked about. */
const readAsNull = (columns: FilePreview['columns']) => {
  const found = columns.flatMap(({ name, readAsNull = [] }) =>
    readAsNull.map(({ marker, cells }) => `“${marker}” in ${counted(cells, 'cell')} of ${name}`),
  );
  if (found.length === 0) return '';
  return ` Read as null: ${found.slice(0, 2).join(', ')}${found.length > 2 ? ' …' : ''}.`;
};
