import type { FilePreview } from '../../../shared/contract/files.ts';
import type { Progress as Far } from '../../../shared/wire.ts';
import { Button } from '../../ui/button.tsx';
import { count, counted } from '../../ui/format.ts';
import { Select } from '../../ui/select.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { useEngine } from '../../use-engine.ts';
import { AccountLine } from './account-line.tsx';
import styles from './import-view.module.css';
import type { FilePlan } from './plan.ts';

const modes = [
  { value: 'replace', label: 'Replace its rows' },
  { value: 'append', label: 'Add to its rows' },
] as const;

/** The account, the table's name, and the one button. */
export function ImportBar(props: {
  readonly preview: FilePreview;
  readonly plan: FilePlan;
  readonly change: (part: Partial<FilePlan>) => void;
  readonly looking: Far | undefined;
  readonly onImport: (table: string) => void;
}) {
  const { preview, plan, change, looking, onImport } = props;
  const { data: tables } = useEngine('tables', 'list', {}, { also: ['import'] });
  const table = plan.table ?? preview.table;
  const exists = tables?.some(({ name }) => name === table) ?? false;
  const waits = exists && !plan.mode;
  const rows = counted(preview.account.loaded, 'row');
  const percent = looking?.total
    ? ` · reading the rest, ${Math.floor((looking.done * 100) / looking.total)} %`
    : '';
  return (
    <div className={styles['bar']}>
      <div className={styles['says']}>
        <AccountLine account={preview.account} complete={preview.complete} />
        <p className={styles['note']}>
          {waits
            ? `There is a table ${table} already: say what to do with it, or choose another name.`
            : bytesRead(preview)}
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

/** True where every row of the file would be rejected. A file without rows still makes a table. */
const nothingFits = ({ complete, account }: FilePreview) =>
  complete && account.loaded === 0 && account.rejected > 0;

const bytesRead = (preview: FilePreview) => {
  const { complete, rejects, account } = preview;
  if (nothingFits(preview)) return 'No row fits its columns: change a type, or how the file is read.';
  if (!complete) return 'The account of the whole file follows; nothing is left out when it is imported.';
  const more = account.rejected > rejects.length ? ` of ${count(account.rejected)}` : '';
  return rejects.length > 0
    ? `Rejected rows are kept with their text: ${rejects.length}${more} listed at the right.`
    : 'Every row fits.';
};
