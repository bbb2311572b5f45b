import { type PointerEvent, type ReactNode, useRef } from 'react';
import type { Column } from '../../shared/column.ts';
import { cx } from '../ui/cx.ts';
import { TypeGlyph } from '../ui/type-glyph.tsx';
import { type ColumnPlaces, narrowest } from './column-widths.ts';
import { atRight } from './format-cell.ts';
import styles from './grid.module.css';
import type { CellRange } from './selection.ts';

interface GridHeaderProps {
  readonly columns: readonly Column[];
  readonly places: ColumnPlaces;
  readonly first: number;
  readonly last: number;
  readonly height: number;
  readonly width: number;
  readonly range: CellRange | undefined;
  readonly marks: ReadonlySet<string>;
  /** Drawn below a column's name. */
  readonly below?: ((column: Column) => ReactNode) | undefined;
  readonly onWidth: (column: string, width: number | undefined) => void;
}

/** Names and types of the columns; stays on top. */
export function GridHeader(props: GridHeaderProps) {
  const { first, last, height, width } = props;
  const shown = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
  return (
    <div role="row" aria-rowindex={1} className={styles['header']} style={{ height, width }}>
      <div role="columnheader" aria-colindex={1} className={styles['corner']}>
        <span className="visually-hidden">Row</span>
      </div>
      {shown.map((column) => (
        <Head key={column} {...props} column={column} />
      ))}
    </div>
  );
}

function Head(props: GridHeaderProps & { readonly column: number }) {
  const { columns, places, column, range, marks, below, onWidth } = props;
  const { name, type } = columns[column] ?? { name: '', type: 'text' };
  const inRange = range !== undefined && column >= range.left && column <= range.right;
  return (
    <div
      role="columnheader"
      aria-colindex={column + 2}
      data-column={column}
      title={`${name} · ${type}`}
      className={cx(
        styles['head'],
        inRange && styles['headSelected'],
        marks.has(name) && styles['headMarked'],
      )}
      style={{ left: places.edges[column], width: places.widthOf(column) }}
    >
      <div className={cx(styles['headName'], atRight(type) && styles['headRight'])}>
        <TypeGlyph type={type} />
        <span className={styles['name']}>{name}</span>
      </div>
      {below && columns[column] && below(columns[column])}
      <Handle width={places.widthOf(column)} onWidth={(next) => onWidth(name, next)} />
    </div>
  );
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
      className={styles['handle']}
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
