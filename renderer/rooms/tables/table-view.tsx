import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Column } from '../../../shared/column.ts';
import type { RowSource, Table } from '../../../shared/contract/tables.ts';
import type { Problem } from '../../../shared/problem.ts';
import type { Filter } from '../../../shared/view/filters.ts';
import { type Look, seenColumns, withMoved } from '../../../shared/view/look.ts';
import { useGridState } from '../../grid/grid-state.ts';
import type { Rows as GridRows } from '../../grid/rows.ts';
import { seenCell, useSeenCell } from '../../grid/seen-cell.ts';
import { rangeOf, type Selection } from '../../grid/selection.ts';
import { SourceGrid } from '../../grid/source-grid.tsx';
import { summarise } from '../../grid/summarise.ts';
import { EmptyState } from '../../ui/empty-state.tsx';
import { ProblemView } from '../../ui/problem-view.tsx';
import { useTab } from '../../workspace/tab-state.ts';
import { columnMenu } from './column-menu.ts';
import { ColumnSketch, sketchHeight } from './column-sketch.tsx';
import { FilterBar } from './filter-bar.tsx';
import { FilterDialog, type FilterDraft } from './filter-dialog.tsx';
import { useSelectionWords } from './selection-words.ts';
import { SourceNotice } from './source-notice.tsx';
import { offerTable, type TableHandle } from './table-handle.ts';
import { TableHeader } from './table-header.tsx';
import styles from './table-view.module.css';
import { useArranging } from './use-arranging.ts';
import { useImpressionsAhead } from './use-column-profile.ts';
import { type ChangeLook, useLook } from './use-look.ts';
import { useOpenedTable } from './use-opened-table.ts';

/** One table or view: where it came from, what is seen of it, and its rows. */
export default function TableView() {
  const { key } = useTab();
  const { table: known, isGone, isView, problem } = useOpenedTable();
  const { look, change, lost, forgetLost } = useLook(key, known?.columns);
  if (problem) return <ProblemView problem={problem} />;
  if (!known || !look)
    return (
      <div className={styles['view']}>
        {isGone && <EmptyState says={`This ${isView ? 'view' : 'table'} is gone.`} />}
      </div>
    );
  return <KnownTable table={known} {...{ look, change, lost, forgetLost }} />;
}

interface KnownTableProps {
  readonly table: Table;
  readonly look: Look;
  readonly change: ChangeLook;
  readonly lost: readonly Filter[];
  readonly forgetLost: () => void;
}

function KnownTable({ table: known, look, change, lost, forgetLost }: KnownTableProps) {
  const { name: table, rows, columns } = known;
  const [draft, setDraft] = useState<FilterDraft | null>(null);
  const [seen, setSeen] = useState<{ readonly of: string; readonly total: number | Problem } | undefined>(
    undefined,
  );
  const handle = useHandle(known, look, change, setDraft);
  useImpressionsAhead(table, seenColumns(look, columns), rows);
  useArranging(table, rows, known.version, look, change);
  const source = useMemo(
    () => ({ of: 'table' as const, table, view: { sort: look.sort, filters: look.filters } }),
    [table, look.sort, look.filters],
  );
  const of = JSON.stringify(source);
  const onTotal = useCallback((shown: string, total: number | Problem) => setSeen({ of: shown, total }), []);
  const done = (filter: Filter, at: number | undefined) => {
    setDraft(null);
    change((now) => ({
      ...now,
      filters: now.filters.toSpliced(at ?? now.filters.length, at === undefined ? 0 : 1, filter),
    }));
  };
  return (
    <div className={styles['view']}>
      <TableHeader table={known} />
      {known.origin === 'import' && <SourceNotice table={table} />}
      <FilterBar
        {...{ look, rows, lost }}
        onLook={change}
        onForgetLost={forgetLost}
        onEdit={setDraft}
        firstColumn={columns[0]?.name ?? ''}
        seen={seen?.of === of ? seen.total : undefined}
      />
      <div className={styles['rows']}>
        <Rows {...{ known, look, source, handle, onTotal }} />
      </div>
      {draft && <FilterDialog {...{ table, draft, columns }} onClose={() => setDraft(null)} onDone={done} />}
    </div>
  );
}

/** Lets commands reach this table, and its menus act on it. */
function useHandle(
  { name, columns }: Table,
  look: Look,
  change: ChangeLook,
  setDraft: (draft: FilterDraft) => void,
): TableHandle {
  const { id } = useTab();
  const handle = useMemo<TableHandle>(
    () => ({
      table: name,
      columns,
      look,
      change,
      filterOn: (column) => setDraft({ column, at: undefined, filter: undefined }),
    }),
    [name, columns, look, change, setDraft],
  );
  useEffect(() => offerTable(id, handle), [id, handle]);
  return handle;
}

function Rows(props: {
  readonly known: Table;
  readonly look: Look;
  readonly source: RowSource;
  readonly handle: TableHandle;
  readonly onTotal: (of: string, total: number | Problem) => void;
}) {
  const { known, look, source, handle, onTotal } = props;
  const { name: table, rows, columns } = known;
  const [state, setState] = useGridState('grid');
  const onSelect = useSelectionReports();
  const below = useCallback(
    (column: Column) => <ColumnSketch table={table} rows={rows} column={column} />,
    [table, rows],
  );
  const seen = useMemo(() => seenColumns(look, columns), [look, columns]);
  const headMenu = useCallback(({ name }: Column) => columnMenu(handle, name), [handle]);
  const onMove = useCallback(
    (column: string, before: string | null) =>
      handle.change((now) => withMoved(now, columns, column, before)),
    [handle, columns],
  );
  return (
    <SourceGrid
      label={`Rows of ${table}`}
      source={source}
      columns={seen}
      pinned={look.pinned.filter((name) => seen.includes(name)).length}
      sort={look.sort}
      headMenu={headMenu}
      onMove={onMove}
      onTotal={onTotal}
      onFail={onTotal}
      state={state}
      onState={setState}
      onSelect={onSelect}
      below={sketchHeight(rows) > 0 ? below : undefined}
      belowHeight={sketchHeight(rows)}
    />
  );
}

/** Tells the inspector of the cell in focus, and the status bar of what is selected. */
function useSelectionReports() {
  const [, setCell] = useSeenCell();
  const [, setWords] = useSelectionWords();
  const asked = useRef(0);
  return useCallback(
    (selection: Selection | null, rows: GridRows) => {
      const question = ++asked.current;
      setCell(selection ? seenCell(selection, rows) : null);
      if (!selection) return setWords('');
      summarise(rows, rangeOf(selection)).then(
        (words) => question === asked.current && setWords(words),
        () => question === asked.current && setWords(''),
      );
    },
    [setCell, setWords],
  );
}
