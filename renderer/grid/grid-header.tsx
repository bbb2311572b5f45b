import { ArrowDown, ArrowUp, ChevronDown } from 'lucide-react';
import { type DragEvent, memo, type PointerEvent, type ReactNode, useRef, useState } from 'react';
import type { Column } from '../../shared/column.ts';
import type { SortKey } from '../../shared/view/view.ts';
import { cx } from '../ui/cx.ts';
import { ContextMenu, Menu, type MenuItem } from '../ui/menu.tsx';
import { TypeGlyph } from '../ui/type-glyph.tsx';
import { type ColumnPlaces, narrowest } from './column-widths.ts';
import { atRight } from './format-cell.ts';
import styles from './grid.module.css';
import heads from './grid-head.module.css';
import type { CellRange } from './selection.ts';

interface GridHeaderProps {
  readonly columns: readonly Column[];
  readonly places: ColumnPlaces;
  readonly first: number;
  readonly last: number;
  readonly pinned: number;
  readonly height: number;
  readonly width: number;
  readonly range: CellRange | undefined;
  readonly marks: ReadonlySet<string>;
  /** Drawn below a column's name. */
  readonly below?: ((column: Column) => ReactNode) | undefined;
  readonly sort?: readonly SortKey[] | undefined;
  readonly headMenu?: ((column: Column) => readonly MenuItem[]) | undefined;
  readonly onMove?: ((column: string, before: string | null) => void) | undefined;
  readonly onWidth: (column: string, width: number | undefined) => void;
}

/** Names and types of the columns; stays on top, and is not drawn again because rows are. */
export const GridHeader = memo(function GridHeader(props: GridHeaderProps) {
  const { first, last, pinned, places, height, width } = props;
  const shown = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
  return (
    <div role="row" aria-rowindex={1} className={styles['header']} style={{ height, width }}>
      <div role="columnheader" aria-colindex={1} className={styles['corner']}>
        <span className="visually-hidden">Row</span>
      </div>
      {pinned > 0 && (
        <div role="presentation" className={styles['pinned']} style={{ width: places.edges[pinned] }}>
          {Array.from({ length: pinned }, (_, column) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
            <Head key={column} {...props} column={column} />
          ))}
        </div>
      )}
      {shown.map((column) => (
        <Head key={column} {...props} column={column} />
      ))}
    </div>
  );
});

const sorts = { true: 'descending', false: 'ascending' } as const;

function Head(props: GridHeaderProps & { readonly column: number }) {
  const { columns, places, column, range, marks, below, sort = [], headMenu, onWidth } = props;
  const { name, type } = columns[column] ?? { name: '', type: 'text' };
  const inRange = range !== undefined && column >= range.left && column <= range.right;
  const key = sort.findIndex((one) => one.column === name);
  const items = columns[column] && headMenu ? headMenu(columns[column]) : [];
  const moving = useMoving(props, name);
  return (
    <ContextMenu items={items}>
      <div
        role="columnheader"
        aria-colindex={column + 2}
        aria-sort={key < 0 ? undefined : sorts[`${sort[key]?.descending ?? false}`]}
        data-column={column}
        title={`${name} · ${type}`}
        className={cx(
          heads['head'],
          inRange && heads['headSelected'],
          marks.has(name) && heads['headMarked'],
          moving.over && heads['headTarget'],
        )}
        style={places.styleOf(column)}
        {...moving.target}
      >
        <div className={cx(heads['headName'], atRight(type) && heads['headRight'])} {...moving.source}>
          <TypeGlyph type={type} />
          <span className={heads['name']}>{name}</span>
          {key >= 0 && <SortMark sort={sort} at={key} />}
        </div>
        {below && columns[column] && below(columns[column])}
        {items.length > 0 && <HeadMenu name={name} items={items} />}
        <Handle width={places.widthOf(column)} onWidth={(next) => onWidth(name, next)} />
      </div>
    </ContextMenu>
  );
}

function SortMark({ sort, at }: { readonly sort: readonly SortKey[]; readonly at: number }) {
  const Arrow = sort[at]?.descending ? ArrowDown : ArrowUp;
  return (
    <span className={heads['sorted']}>
      <Arrow aria-hidden />
      {sort.length > 1 && at + 1}
    </span>
  );
}

function HeadMenu({ name, items }: { readonly name: string; readonly items: readonly MenuItem[] }) {
  const button = (
    <button type="button" tabIndex={-1} aria-label={`Menu of ${name}`} className={heads['headMenu']}>
      <ChevronDown aria-hidden />
    </button>
  );
  return <Menu trigger={button} items={items} />;
}

const dragged = 'application/x-assay-column';

/** Dragging a column's name to another column puts it before that one. */
function useMoving({ onMove }: GridHeaderProps, name: string) {
  const [over, setOver] = useState(false);
  if (!onMove) return { over: false, source: {}, target: {} };
  const source = {
    draggable: true,
    onDragStart: (event: DragEvent) => event.dataTransfer.setData(dragged, name),
  };
  const target = {
    onDragOver: (event: DragEvent) => {
      if (!event.dataTransfer.types.includes(dragged)) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      setOver(false);
      const column = event.dataTransfer.getData(dragged);
      if (column && column !== name) onMove(column, name);
    },
  };
  return { over, source, target };
}

/** The right edge of a column, to drag; a double click fits it to what it holds. */
function Handle(props: { readonly width: number; readonly onWidth: (width: number | undefined) => void }) {
  const from = useRef<{ x: number; width: number } | null>(null);
  const drag = ({ clientX }: PointerEvent) => {
    if (from.current) props.onWidth(Math.max(narrowest, from.current.width + clientX - from.current.x));
  };
  return (
    <span
      aria-hidden
      className={heads['handle']}
      onPointerDown={(event) => {
        event.stopPropagation();
        event.currentTarget.setPointerCapture(event.pointerId);
        from.current = { x: event.clientX, width: props.width };
      }}
      onPointerMove={drag}
      onPointerUp={() => {
        from.current = null;
      }}
      onDoubleClick={() => props.onWidth(undefined)}
    />
  );
}
