import { memo } from 'react';
import { cx } from '../ui/cx.ts';
import type { ColumnPlaces } from './column-widths.ts';
import { atRight, formatCell } from './format-cell.ts';
import styles from './grid.module.css';
import type { Rows } from './rows.ts';
import type { CellRange, Selection } from './selection.ts';

/** What every row of a grid has in common. */
export interface RowLook {
  readonly id: string;
  readonly rows: Rows;
  readonly places: ColumnPlaces;
  /** The columns drawn, the ends included. */
  readonly first: number;
  readonly last: number;
  /** So many columns stay at the left; they come before the first. */
  readonly pinned: number;
  /** Columns whose cells are marked. */
  readonly marks: ReadonlySet<string>;
}

interface GridRowProps extends RowLook {
  readonly row: number;
  /** False where its cells are still on their way. */
  readonly here: boolean;
  readonly top: number;
  readonly height: number;
  readonly range: CellRange | undefined;
  readonly focus: Selection['focus'] | undefined;
  /** Goes up when rows arrive. */
  readonly version: number;
}

/** The id of a cell, for the focus to point at. */
export const cellId = (grid: string, row: number, column: number) => `${grid}-${row}-${column}`;

function cell(props: GridRowProps, column: number) {
  const { id, rows, places, row, range, focus, marks } = props;
  const { name = '', type = 'text' } = rows.columns[column] ?? {};
  const value = rows.cell(row, column);
  const { text, look } = value === undefined ? { text: '', look: 'value' } : formatCell(value, type);
  const marked = rows.marks?.(row)?.includes(name) ?? marks.has(name);
  const selected = range !== undefined && column >= range.left && column <= range.right;
  const focused = focus?.column === column;
  return (
    <div
      key={column}
      role="gridcell"
      id={focused ? cellId(id, row, column) : undefined}
      aria-colindex={column + 2}
      aria-selected={selected}
      className={cx(
        styles['cell'],
        atRight(type) && styles['right'],
        look !== 'value' && styles['faint'],
        marked && styles['marked'],
        selected && styles['selected'],
        focused && styles['focus'],
      )}
      style={places.styleOf(column)}
    >
      {marked ? <Marked text={text} /> : text}
    </div>
  );
}

const Marked = ({ text }: { readonly text: string }) => (
  <>
    {text}
    <span className="visually-hidden"> (breaks the rule)</span>
  </>
);

/** One line of the grid; drawn again only when something of it changed. */
export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { rows, row, here, top, height, first, last, pinned, places, range } = props;
  const columns = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
  return (
    <div
      role="row"
      aria-rowindex={row + 2}
      aria-busy={!here || undefined}
      className={cx(styles['row'], range && styles['rowSelected'])}
      style={{ transform: `translateY(${top}px)`, height }}
    >
      <div role="rowheader" aria-colindex={1} className={styles['gutter']} data-row={row}>
        {rows.number(row) ?? ''}
      </div>
      {pinned > 0 && (
        <div role="presentation" className={styles['pinned']} style={{ width: places.edges[pinned] }}>
          {Array.from({ length: pinned }, (_, column) => cell(props, column))}
        </div>
      )}
      {columns.map((column) => cell(props, column))}
    </div>
  );
});
