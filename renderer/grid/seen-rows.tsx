import { useLayoutEffect } from 'react';
import { GridRow, type RowLook } from './grid-row.tsx';
import { rowsIn } from './rows-in.ts';
import type { View } from './scroller.ts';
import { rangeOf, type Selection } from './selection.ts';

interface SeenRowsProps extends RowLook {
  readonly version: number;
  readonly selection: Selection | null;
  readonly rowHeight: number;
  readonly head: number;
  readonly view: View;
}

/** The rows on screen and a few beyond, and nothing else. */
export function SeenRows(props: SeenRowsProps) {
  const { id, rows, version, places, first, last, pinned, marks, selection, rowHeight, head, view } = props;
  const [from, to] = rowsIn(view, { rowHeight, head, total: rows.total });
  useLayoutEffect(() => {
    if (to >= from) rows.want(from, to);
  }, [rows, from, to]);
  if (view.height === 0) return null;
  const range = selection ? rangeOf(selection) : undefined;
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at).map((row) => (
    <GridRow
      key={row}
      {...{ id, rows, version, places, first, last, pinned, marks, row }}
      here={rows.number(row) !== undefined}
      top={row * rowHeight + view.shift}
      height={rowHeight}
      range={range && row >= range.top && row <= range.bottom ? range : undefined}
      focus={selection?.focus.row === row ? selection.focus : undefined}
    />
  ));
}
