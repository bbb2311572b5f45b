import { CircleCheck } from 'lucide-react';
import type { ImportedTable } from '../../../shared/contract/import.ts';
import { leftOutWords } from '../../../shared/left-out-words.ts';
import { counted, duration } from '../../../shared/number-words.ts';
import { runCommandById } from '../../palette/all-commands.ts';
import { Button } from '../../ui/button.tsx';
import { openTab } from '../../workspace/tabs.ts';
import { AccountLine } from './account-line.tsx';
import styles from './import-view.module.css';
import { fileName } from './plan.ts';
import { Rejects } from './rejects-view.tsx';
import { useAccountNow } from './use-account-now.ts';

/** What an import came to: the account, the recipe, and every row that was rejected. */
export function Summary({
  imported,
  mode,
  onAgain,
}: {
  readonly imported: ImportedTable;
  /** What was done with a table that was there. */
  readonly mode?: string;
  readonly onAgain: () => void;
}) {
  const { table, columns, recipe, ms, source, leftOut = [] } = imported;
  const { account, past, gone } = useAccountNow(imported);
  const nulled = columns.flatMap(({ name, nulled: cells }) =>
    cells ? [`${counted(cells, 'cell')} of ${name} became null`] : [],
  );
  const open = () => openTab({ kind: 'table', key: table, title: table });
  return (
    <div className={styles['room']}>
      <header className={styles['summary']}>
        <h2>
          <CircleCheck aria-hidden data-tone="ok" />
          <span>
            {saysOf(mode, table, counted(account.loaded, 'row'), counted(columns.length, 'column'))}{' '}
            <span title={source}>{fileName(source)}</span>
          </span>
        </h2>
        <AccountLine account={account} complete />
        {nulled.length > 0 && <p>{nulled.join('; ')}.</p>}
        {leftOut.map(leftOutWords).map((words) => (
          <p key={words}>{words}</p>
        ))}
        <p className={styles['muted']}>
          Took {duration(ms)}. Every choice is kept in {recipe}.
        </p>
        {past && <p>This import was undone, or another one of {table} followed.</p>}
        <div className={styles['actions']}>
          {!gone && (
            <Button kind="primary" onClick={open}>
              Open {table}
            </Button>
          )}
          <Button onClick={onAgain}>Import again…</Button>
          {!past && (
            <Button
              onClick={() => void runCommandById('import.undo', { kind: 'table', key: table, title: table })}
            >
              Undo…
            </Button>
          )}
        </div>
      </header>
      {!past && (
        <>
          <h3 className={styles['under']}>Rejected rows</h3>
          <div className={styles['grow']}>
            <Rejects table={table} />
          </div>
        </>
      )}
    </div>
  );
}

/** What came of it, up to the file's name: of rows that joined others, not that the table has no more. */
function saysOf(mode: string | undefined, table: string, rows: string, columns: string): string {
  if (mode === 'append') return `${table} got ${rows} more, of ${columns}, from`;
  if (mode === 'merge') return `${table} was merged with ${rows} of ${columns} from`;
  return `${table} has ${rows} and ${columns} from`;
}
