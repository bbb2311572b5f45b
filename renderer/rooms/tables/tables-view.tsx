import { Table2 } from 'lucide-react';
import type { Table } from '../../../shared/contract/tables.ts';
import { count, counted } from '../../../shared/number-words.ts';
import { runCommandById } from '../../palette/all-commands.ts';
import { CommandButton } from '../../palette/command-button.tsx';
import { cx } from '../../ui/cx.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ago } from '../../ui/format.ts';
import styles from '../../ui/list.module.css';
import { ProblemView } from '../../ui/problem-view.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { Toolbar } from '../../ui/toolbar.tsx';
import { useEngine } from '../../use-engine.ts';
import { openTab } from '../../workspace/tabs.ts';

/** All tables with what one wants to know before opening one. */
export default function TablesView() {
  const { data, problem } = useEngine('tables', 'list', {}, { also: ['checks', 'import'] });
  if (problem) return <ProblemView problem={problem} />;
  if (!data) return <Skeleton />;
  if (data.length === 0) {
    const run = () => void runCommandById('import.choose');
    return (
      <EmptyState
        icon={Table2}
        says="Drop CSV files here, or choose them."
        action={{ label: 'Import files…', run, shortcut: 'Mod+I' }}
      />
    );
  }
  return (
    <div className={styles['page']}>
      <Toolbar
        label="Tables"
        end={
          <>
            <CommandButton id="tables.exportAll" small />
            <CommandButton id="import.choose" small />
          </>
        }
      >
        <span className={styles['words']}>{counted(data.length, 'table')}</span>
      </Toolbar>
      <div className={styles['scroll']}>
        <table className={cx(styles['table'], styles['opens'])}>
          <Head />
          <tbody>
            {data.map((table) => (
              <Line key={table.name} table={table} />
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}

const heads = ['name', 'rows', 'columns', 'rejected', 'checks to look at', 'source', 'changed'];

function Head() {
  return (
    <thead>
      <tr>
        {heads.map((head, at) => (
          <th key={head} scope="col" className={at > 0 && at < 5 ? styles['right'] : undefined}>
            {head}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function Line({ table }: { readonly table: Table }) {
  const { name, rows, columns, rejected, failing, origin, source, updatedAt } = table;
  const open = () => openTab({ kind: 'table', key: name, title: name });
  return (
    <tr onDoubleClick={open}>
      <td>
        <button type="button" className={styles['name']} onClick={open}>
          <Table2 aria-hidden />
          {name}
        </button>
      </td>
      <td className={styles['right']}>{count(rows)}</td>
      <td className={styles['right']}>{count(columns.length)}</td>
      <td className={rejected > 0 ? styles['right'] : styles['none']}>{count(rejected)}</td>
      <td className={failing > 0 ? styles['warn'] : styles['none']}>{count(failing)}</td>
      <td className={styles['aside']} title={source ?? undefined}>
        {source ?? origin}
      </td>
      <td className={styles['aside']}>{ago(updatedAt)}</td>
    </tr>
  );
}
