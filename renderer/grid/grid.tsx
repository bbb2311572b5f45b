import { type CSSProperties, type ReactNode, useId, useMemo } from 'react';
import type { Column } from '../../shared/column.ts';
import type { SortKey } from '../../shared/view/view.ts';
import type { MenuItem } from '../ui/menu.tsx';
import styles from './grid.module.css';
import { GridHeader } from './grid-header.tsx';
import { cellId, type RowLook } from './grid-row.tsx';
import type { GridState } from './grid-state.ts';
import type { Rows } from './rows.ts';
import { rowsIn } from './rows-in.ts';
import { SeenRows } from './seen-rows.tsx';
import { rangeOf, type Selection } from './selection.ts';
import { useGrid } from './use-grid.ts';

/** What a grid is given. */
export interface GridProps {
  /** Its name, read aloud. */
  readonly label: string;
  readonly rows: Rows;
  /** Goes up when rows arrive. */
  readonly version?: number;
  /** How it starts; read once. */
  readonly state?: GridState | undefined;
  readonly onState?: ((state: GridState) => void) | undefined;
  /** From useCallback, or a setter. */
  readonly onSelect?: ((selection: Selection | null, rows: Rows) => void) | undefined;
  /** Columns whose cells are marked: those that broke a rule. */
  readonly marks?: readonly string[] | undefined;
  /** Drawn below a column's name, and how much height that takes. */
  readonly below?: ((column: Column) => ReactNode) | undefined;
  readonly belowHeight?: number | undefined;
  /** So many of the first columns stay at the left. */
  readonly pinned?: number | undefined;
  /** What the rows are ordered by, shown in the heads. */
  readonly sort?: readonly SortKey[] | undefined;
  /** What a column's menu offers. */
  readonly headMenu?: ((column: Column) => readonly MenuItem[]) | undefined;
  /** A column was dragged before another one, or last. */
  readonly onMove?: ((column: string, before: string | null) => void) | undefined;
  /** What rows these are: with another word the grid starts from the top. */
  readonly of?: string | undefined;
  /** Rows that will replace these are on their way. */
  readonly busy?: boolean | undefined;
}

/** A virtual grid: draws only what is seen of any number of rows and columns. */
export function Grid(props: GridProps) {
  const { label, rows, version = 0, marks: marked, below, pinned = 0, sort, headMenu, onMove } = props;
  const id = useId();
  const grid = useGrid(props);
  const { selection, places, head, side, viewport, selecting, handle, rowHeight } = grid;
  const { view } = viewport;
  const marks = useMemo(() => new Set(marked), [marked]);
  const [left, last] = places.between(view.left + (places.edges[pinned] ?? 0), view.left + view.width - side);
  const first = Math.max(left, pinned);
  const range = useMemo(() => (selection ? rangeOf(selection) : undefined), [selection]);
  const [from, to] = rowsIn(view, { rowHeight, head, total: rows.total });
  const width = (places.edges.at(-1) ?? 0) + side;
  const drawn = { places, first, last, pinned, marks };
  const seen = { id, rows, version, ...drawn, from, to, range, focus: selection?.focus, rowHeight, view };
  const header = {
    columns: rows.columns,
    ...drawn,
    height: head,
    width,
    range,
    below,
    sort,
    headMenu,
    onMove,
  };
  return (
    <div
      ref={viewport.ref}
      role="grid"
      aria-label={label}
      aria-rowcount={rows.total + 1}
      aria-colcount={rows.columns.length + 1}
      aria-multiselectable
      aria-busy={props.busy || undefined}
      aria-activedescendant={activeCell(id, selection, drawn, [from, to])}
      tabIndex={0}
      className={styles['scroller']}
      style={{ '--gutter': `${side}px` } as CSSProperties}
      {...handle}
      {...selecting.events}
    >
      <div role="presentation" className={styles['sizer']} style={{ width, height: viewport.height + head }}>
        <GridHeader {...header} onWidth={grid.resize} />
        <div role="presentation" className={styles['rows']} style={{ top: head, width }}>
          <SeenRows {...seen} />
          {rows.total === 0 && !props.busy && (
            <div role="presentation" className={styles['none']}>
              No rows
            </div>
          )}
        </div>
      </div>
    </div>
  );
}

/** The id of the cell in focus, where it is drawn. */
function activeCell(
  id: string,
  selection: Selection | null,
  { first, last, pinned }: Pick<RowLook, 'first' | 'last' | 'pinned'>,
  [top, bottom]: readonly [number, number],
) {
  const { row = -1, column = -1 } = selection?.focus ?? {};
  const drawn = row >= top && row <= bottom && (column < pinned || (column >= first && column <= last));
  return selection && drawn ? cellId(id, row, column) : undefined;
}
