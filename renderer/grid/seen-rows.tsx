import { useEffect, useLayoutEffect, useState } from 'react';
import { GridRow, type RowLook } from './grid-row.tsx';
import { mostRows } from './rows-in.ts';
import type { View } from './scroller.ts';
import type { CellRange, Selection } from './selection.ts';

/** Rows stand where they stand below the first of so many: scrolling on moves all of them at once. */
const block = 512;
const restMs = 200;

interface SeenRowsProps extends RowLook {
  readonly version: number;
  /** The rows drawn, the ends included. */
  readonly from: number;
  readonly to: number;
  readonly range: CellRange | undefined;
  readonly focus: Selection['focus'] | undefined;
  readonly rowHeight: number;
  readonly view: View;
}

/**
 * The rows on screen and a few beyond, and nothing else. A row that goes out of sight gives its place to one that comes:
 * a browser changes texts much faster than it makes cells.
 */
export function SeenRows(props: SeenRowsProps) {
  const { id, rows, version, places, first, last, pinned, marks, from, to, rowHeight, view } = props;
  useLayoutEffect(() => {
    if (to >= from) rows.want(from, to);
  }, [rows, from, to]);
  const rested = useRested(from);
  if (view.height === 0) return null;
  const { range, focus } = props;
  const slots = mostRows(view, { rowHeight });
  const start = Math.floor(from / block) * block;
  const slotOf = (row: number) => (((row - rested) % slots) + slots) % slots;
  const seen = Array.from({ length: Math.max(0, to - from + 1) }, (_, at) => from + at);
  return (
    <div role="presentation" style={{ transform: `translateY(${start * rowHeight + view.shift}px)` }}>
      {seen
        .sort((one, other) => slotOf(one) - slotOf(other))
        .map((row) => (
          <GridRow
            key={row % slots}
            {...{ id, rows, version, places, first, last, pinned, marks, row }}
            here={rows.number(row) !== undefined}
            top={(row - start) * rowHeight}
            height={rowHeight}
            range={range && row >= range.top && row <= range.bottom ? range : undefined}
            focus={focus?.row === row ? focus : undefined}
          />
        ))}
    </div>
  );
}

/** The first row when scrolling last rested: then the rows are put in their order for whoever has them read. */
function useRested(from: number): number {
  const [rested, setRested] = useState(from);
  useEffect(() => {
    const timer = setTimeout(() => setRested(from), restMs);
    return () => clearTimeout(timer);
  }, [from]);
  return rested;
}
