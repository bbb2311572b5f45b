import { useCallback, useMemo, useRef } from 'react';
import { cellText } from '../../../shared/cell-text.ts';
import type { Column } from '../../../shared/column.ts';
import { useGridState } from '../../grid/grid-state.ts';
import type { Rows } from '../../grid/rows.ts';
import { rangeOf, type Selection } from '../../grid/selection.ts';
import { SourceGrid } from '../../grid/source-grid.tsx';
import { summarise } from '../../grid/summarise.ts';
import { useEngine } from '../../use-engine.ts';
import { useTab } from '../../workspace/tab-state.ts';
import { ColumnSketch, sketchHeight } from './column-sketch.tsx';
import { useSeenCell, useSelectionWords } from './seen-cell.ts';
import { SourceNotice } from './source-notice.tsx';
import { TableHeader } from './table-header.tsx';
import styles from './table-view.module.css';

/** One table: where it came from, and its rows. */
export default function TableView() {
  const { key: table } = useTab();
  const { data } = useEngine('tables', 'list', {}, { also: ['checks', 'import'] });
  const known = data?.find(({ name }) => name === table);
  const [state, setState] = useGridState('grid');
  const onSelect = useSelectionReports();
  const source = useMemo(() => ({ of: 'table' as const, table }), [table]);
  const rows = known?.rows ?? 0;
  const below = useCallback(
    (column: Column) => <ColumnSketch table={table} rows={rows} column={column} />,
    [table, rows],
  );
  return (
    <div className={styles['view']}>
      {known && <TableHeader table={known} />}
      {known?.origin === 'import' && <SourceNotice table={table} />}
      <div className={styles['rows']}>
        <SourceGrid
          label={`Rows of ${table}`}
          source={source}
          state={state}
          onState={setState}
          onSelect={onSelect}
          below={sketchHeight(rows) > 0 ? below : undefined}
          belowHeight={sketchHeight(rows)}
        />
      </div>
    </div>
  );
}

/** Tells the inspector of the cell in focus, and the status bar of what is selected. */
function useSelectionReports() {
  const [, setCell] = useSeenCell();
  const [, setWords] = useSelectionWords();
  const asked = useRef(0);
  return useCallback(
    (selection: Selection | null, rows: Rows) => {
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

function seenCell({ focus }: Selection, rows: Rows) {
  const column = rows.columns[focus.column];
  if (!column) return null;
  const value = rows.cell(focus.row, focus.column);
  const text = value === undefined || value === null ? value : cellText(value, column.type);
  return { column: column.name, type: column.type, row: rows.number(focus.row), text };
}
