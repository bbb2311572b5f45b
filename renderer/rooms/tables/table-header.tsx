import { FileMinus2, Share2, TriangleAlert, Workflow } from 'lucide-react';
import { type ExportFormat, exportFormats, type Table } from '../../../shared/contract/tables.ts';
import { count, counted } from '../../../shared/number-words.ts';
import { commandOf, runCommandById } from '../../palette/all-commands.ts';
import { CommandButton } from '../../palette/command-button.tsx';
import { Button } from '../../ui/button.tsx';
import { ago } from '../../ui/format.ts';
import { Menu, type MenuItem } from '../../ui/menu.tsx';
import { toastProblem } from '../../ui/toast.tsx';
import { Toolbar } from '../../ui/toolbar.tsx';
import { useEngine } from '../../use-engine.ts';
import { showPanel } from '../../workspace/layout.ts';
import { useTab } from '../../workspace/tab-state.ts';
import { openTab } from '../../workspace/tabs.ts';
import { addToPipeline } from './commands/convert.ts';
import { tableOf } from './table-handle.ts';
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

/** More would be no menu any more. */
const mostPipelines = 8;

const stepUses = (tabId: string, pipelines: readonly string[]): readonly MenuItem[] => [
  runs('Make pipeline steps', 'tables.viewAsPipeline'),
  ...pipelines.slice(0, mostPipelines).map((name) => ({
    label: `Add steps to ${name}`,
    icon: Workflow,
    run: () => addSeen(tabId, name),
  })),
];

/** What can be made of what is seen; pipelines read tables. */
const uses = (tabId: string, pipelines: readonly string[], isView: boolean): readonly MenuItem[] => [
  runs('Open as SQL', 'tables.viewAsQuery'),
  ...(isView ? [] : stepUses(tabId, pipelines)),
  'line',
  ...(Object.keys(exportFormats) as ExportFormat[]).map((format) =>
    runs(`Export as ${exportFormats[format]}…`, `tables.exportView.${format}`),
  ),
];

function addSeen(tabId: string, pipeline: string): void {
  const table = tableOf(tabId);
  if (!table) return;
  addToPipeline(table, pipeline).catch((thrown: unknown) => toastProblem(thrown, 'The steps were not added'));
}

/** One line of what the table is: rows, source, rejects, checks that need a look. */
export function TableHeader({ table }: { readonly table: Table }) {
  const { name, rows, columns, rejected, failing, origin, source, updatedAt } = table;
  const { id, kind } = useTab();
  const isView = kind === 'view';
  const { data: pipelines } = useEngine('pipelines', 'list', {});
  const file = origin === 'import' ? source?.split(/[/\\]/).at(-1) : source;
  return (
    <Toolbar
      label={`${isView ? 'View' : 'Table'} ${name}`}
      end={
        <>
          <Menu trigger={useButton} items={uses(id, pipelines?.map((one) => one.name) ?? [], isView)} />
          {!isView && <CommandButton id="tables.query" small />}
        </>
      }
    >
      <div className={styles['facts']}>
        <span>
          <strong>{count(rows)}</strong> {rows === 1 ? 'row' : 'rows'} × {counted(columns.length, 'column')}
        </span>
        {isView ? (
          <span className={styles['source']}>view · only read</span>
        ) : (
          <span className={styles['source']} title={source ?? undefined}>
            {origins[origin]} {file} · {ago(updatedAt)}
          </span>
        )}
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
