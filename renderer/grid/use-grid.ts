import { type Dispatch, type SetStateAction, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useRowHeight } from '../styles/theme.ts';
import { type ColumnPlaces, useColumnPlaces, type Widths } from './column-widths.ts';
import type { GridProps } from './grid.tsx';
import { type GridState, newGrid } from './grid-state.ts';
import type { Rows } from './rows.ts';
import { rowsIn } from './rows-in.ts';
import type { View } from './scroller.ts';
import { fitting, type Selection, selectCell } from './selection.ts';
import { useGridHandle } from './use-grid-handle.ts';
import { useSelecting } from './use-selection.ts';
import { useViewport, type Viewport } from './use-viewport.ts';

const pause = 300;

/** Everything a grid knows: what is seen, where columns stand, what is selected, and what keys do. */
export function useGrid(props: GridProps) {
  const { rows, state = newGrid, belowHeight = 0, pinned = 0 } = props;
  const rowHeight = useRowHeight();
  const [widths, setWidths] = useState(state.widths);
  const [chosen, select] = useState(state.selection);
  const { total, columns } = rows;
  const selection = useMemo(() => fitting(chosen, total, columns.length), [chosen, total, columns.length]);
  const places = useColumnPlaces(rows, widths);
  const head = rowHeight + 6 + belowHeight;
  const side = 24 + String(Math.max(rows.number(total - 1) ?? 0, total)).length * 7;
  /** Asks for the rows of a view; whether they are here already. */
  const ask = (view: View) => {
    const [first, last] = rowsIn(view, { rowHeight, head, total });
    if (last < first) return true;
    rows.want(first, last);
    return rows.number(first) !== undefined && rows.number(last) !== undefined;
  };
  const viewport = useViewport(total * rowHeight, { head, side }, state, ask);
  const selecting = useSelecting({
    rows,
    places,
    viewport,
    rowHeight,
    head,
    side,
    pinned,
    selection,
    select,
  });
  const { top, left } = viewport.view;
  const now = useMemo(() => ({ widths, selection, top, left }), [widths, selection, top, left]);
  useKept(now, viewport.view.height > 0, props.onState);
  useTold(selection, rows, props.onSelect);
  useStartAnew(props.of, viewport, select);
  const resize = useCallback(
    (column: string, width: number | undefined) => setWidths((before) => withWidth(before, column, width)),
    [],
  );
  const { choose } = selecting;
  useSeenMarks(props, places, side, viewport);
  useRevealed(state.reveal === true && viewport.view.height > 0 ? selection : null, choose);
  const handle = useGridHandle({ rows, selection, choose, places, resize, scroller: viewport.ref });
  return { rowHeight, selection, places, head, side, viewport, selecting, handle, resize };
}

/** Where the first cell that is marked stands out of sight to the right, it is brought into view, once. */
function useSeenMarks(
  { rows, marks = [] }: GridProps,
  places: ColumnPlaces,
  side: number,
  viewport: Viewport,
) {
  const done = useRef(false);
  const { width } = viewport.view;
  const { scroller } = viewport;
  useEffect(() => {
    const first = rows.marks?.(0)?.[0] ?? marks[0];
    if (done.current || width === 0 || first === undefined) return;
    done.current = true;
    const right = places.edges[rows.columns.findIndex(({ name }) => name === first) + 1] ?? 0;
    if (right > width - side) scroller.scrollTo(scroller.place.top, right - (width - side));
  }, [rows, marks, places, side, width, scroller]);
}

/** Brings a cell into view, once. */
function useRevealed(selection: Selection | null, choose: (selection: Selection) => void) {
  const done = useRef(false);
  useEffect(() => {
    if (!selection || done.current) return;
    done.current = true;
    choose(selection);
  }, [selection, choose]);
}

/** Rows in another order, or others of them, are looked at from the top; the cell in focus stays in its column. */
function useStartAnew(
  of: string | undefined,
  { scroller }: Viewport,
  select: Dispatch<SetStateAction<Selection | null>>,
) {
  const shown = useRef(of);
  useEffect(() => {
    if (shown.current === of) return;
    shown.current = of;
    scroller.scrollTo(0, scroller.place.left);
    select((old) => old && selectCell({ row: 0, column: old.focus.column }));
  }, [of, scroller, select]);
}

function withWidth(widths: Widths, column: string, width: number | undefined): Widths {
  const { [column]: _old, ...others } = widths;
  return width === undefined ? others : { ...others, [column]: width };
}

/** Hands the state on when it has been quiet for a moment, and at once when the grid goes. */
function useKept(now: GridState, measured: boolean, onState: ((state: GridState) => void) | undefined) {
  const told = useRef(now);
  const latest = useRef({ now, measured, onState });
  useEffect(() => {
    latest.current = { now, measured, onState };
    if (!onState || !measured || now === told.current) return;
    const timer = setTimeout(() => {
      told.current = now;
      onState(now);
    }, pause);
    return () => clearTimeout(timer);
  }, [now, measured, onState]);
  useEffect(
    () => () => {
      const last = latest.current;
      if (last.measured && last.now !== told.current) last.onState?.(last.now);
    },
    [],
  );
}

function useTold(selection: Selection | null, rows: Rows, onSelect: GridProps['onSelect']) {
  useEffect(() => onSelect?.(selection, rows), [selection, rows, onSelect]);
}
