import { FileMinus2, Share2, TriangleAlert } from 'lucide-react';
import { type ExportFormat, exportFormats, type Table } from '../../../shared/contract/tables.ts';
import { commandOf, runCommandById } from '../../palette/all-commands.ts';
import { CommandButton } from '../../palette/command-button.tsx';
import { Button } from '../../ui/button.tsx';
import { ago, count, counted } from '../../ui/format.ts';
import { Menu, type MenuItem } from '../../ui/menu.tsx';
import { Toolbar } from '../../ui/toolbar.tsx';
import { showPanel } from '../../workspace/layout.ts';
import { openTab } from '../../workspace/tabs.ts';
import styles from './table-view.module.css';

const origins = { import: 'from', pipeline: 'written by pipeline', query: 'made by a query' };

const useButton = (
  <Button small icon={Share2}>
    Use this view
  </Button>
);

const runs = (label: string, id: string) => ({
  label,
  icon: commandOf(id)?.icon,
  run: () => void runCommandById(id),
});

/** What can be made of what is seen. */
const uses = (): readonly MenuItem[] => [
  runs('Open as SQL', 'tables.viewAsQuery'),
  runs('Make pipeline steps', 'tables.viewAsPipeline'),
  'line',
  ...(Object.keys(exportFormats) as ExportFormat[]).map((format) =>
    runs(`Export as ${exportFormats[format]}…`, `tables.exportView.${format}`),
  ),
];

/** One line of what the table is: rows, source, rejects, checks that need a look. */
export function TableHeader({ table }: { readonly table: Table }) {
  const { name, rows, columns, rejected, failing, origin, source, updatedAt } = table;
  const file = origin === 'import' ? source?.split(/[/\\]/).at(-1) : source;
  return (
    <Toolbar
      label={`Table ${name}`}
      end={
        <>
          <Menu trigger={useButton} items={uses()} />
          <CommandButton id="tables.query" small />
        </>
      }
    >
      <div className={styles['facts']}>
        <span>
          <strong>{count(rows)}</strong> {rows === 1 ? 'row' : 'rows'} × {counted(columns.length, 'column')}
        </span>
        <span className={styles['source']} title={source ?? undefined}>
          {origins[origin]} {file} · {ago(updatedAt)}
        </span>
        {rejected > 0 && (
          <button type="button" className={styles['link']} onClick={() => showPanel('table', 'rejects')}>
            <FileMinus2 aria-hidden /> {count(rejected)} rejected
          </button>
        )}
        {failing > 0 && (
          <button
            type="button"
            className={styles['link']}
            data-tone="warn"
            onClick={() => openTab({ kind: 'checks', key: name, title: name })}
          >
            <TriangleAlert aria-hidden /> {counted(failing, 'check')} {failing === 1 ? 'needs' : 'need'} a
            look
          </button>
        )}
      </div>
    </Toolbar>
  );
}
