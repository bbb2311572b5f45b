import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { isMac } from '../ui/keys.ts';
import type { ColumnPlaces } from './column-widths.ts';
import type { Rows } from './rows.ts';
import { extended, moved, rangeOf, type Selection, selectCell } from './selection.ts';
import type { Viewport } from './use-viewport.ts';

interface Given {
  readonly rows: Rows;
  readonly places: ColumnPlaces;
  readonly viewport: Viewport;
  readonly rowHeight: number;
  readonly head: number;
  readonly side: number;
  /** So many columns stay at the left. */
  readonly pinned: number;
  readonly selection: Selection | null;
  readonly select: (selection: Selection) => void;
}

/** What keys and pointer do to the selection. */
export function useSelecting(given: Given) {
  const { rows, places, viewport, rowHeight, pinned, selection, select } = given;
  const dragging = useRef(false);
  const reveal = ({ focus }: Selection) =>
    viewport.scroller.show({
      top: focus.row * rowHeight,
      bottom: (focus.row + 1) * rowHeight,
      ...across(focus.column),
    });
  const across = (column: number) => {
    const shown = viewport.view.left;
    if (column < pinned) return { left: shown, right: shown };
    // What stands under the pinned columns is not seen.
    return {
      left: (places.edges[column] ?? 0) - (places.edges[pinned] ?? 0),
      right: places.edges[column + 1] ?? 0,
    };
  };
  const choose = (next: Selection) => {
    select(next);
    reveal(next);
  };
  const events = {
    onKeyDown: (event: KeyboardEvent) => {
      if (isSelectAll(event) && rows.total > 0) {
        event.preventDefault();
        return select(wholeOf(rows));
      }
      const next = afterKey(event, given);
      if (!next) return;
      event.preventDefault();
      choose(next);
    },
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      const next = event.button === 0 ? afterPress(event, given) : undefined;
      if (!next) return;
      select(next);
      dragging.current = placeAt(event, given) !== undefined;
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      if (!dragging.current || event.buttons !== 1 || !selection) return;
      const focus = placeAt(event, given);
      if (focus && (focus.row !== selection.focus.row || focus.column !== selection.focus.column))
        choose({ anchor: selection.anchor, focus });
    },
    onPointerUp: () => {
      dragging.current = false;
    },
  };
  return { choose, events };
}

const wholeOf = ({ total, columns }: Rows): Selection => ({
  anchor: { row: total - 1, column: columns.length - 1 },
  focus: { row: 0, column: 0 },
});

const isSelectAll = (event: KeyboardEvent) =>
  (isMac ? event.metaKey : event.ctrlKey) && !event.shiftKey && event.key.toLowerCase() === 'a';

function afterKey(event: KeyboardEvent, given: Given): Selection | undefined {
  const { rows, viewport, rowHeight, head, selection } = given;
  if (rows.total === 0 || rows.columns.length === 0 || event.altKey) return undefined;
  const mod = isMac ? event.metaKey : event.ctrlKey;
  const focus = selection?.focus ?? { row: 0, column: -1 };
  const page = Math.max(1, Math.floor((viewport.view.height - head) / rowHeight) - 1);
  const to = moved(focus, event.key, mod, { rows: rows.total, columns: rows.columns.length, page });
  return to && (selection ? extended(selection, to, event.shiftKey) : selectCell(to));
}

/** A press on a cell selects it, on a row's number the row, on a column's name the column; Shift extends. */
function afterPress(event: PointerEvent<HTMLElement>, given: Given): Selection | undefined {
  const { rows, selection } = given;
  const target = event.target as HTMLElement;
  if (target.closest('button')) return undefined;
  const head = target.closest<HTMLElement>('[data-column]')?.dataset['column'];
  const gutter = target.closest<HTMLElement>('[data-row]')?.dataset['row'];
  if (rows.total === 0 || rows.columns.length === 0) return undefined;
  const old = event.shiftKey && selection ? rangeOf(selection) : undefined;
  if (head !== undefined) {
    const column = Number(head);
    return {
      anchor: { row: rows.total - 1, column: old?.left ?? column },
      focus: { row: 0, column },
    };
  }
  if (gutter !== undefined) {
    const row = Number(gutter);
    return {
      anchor: { row: old?.top ?? row, column: rows.columns.length - 1 },
      focus: { row, column: 0 },
    };
  }
  const place = placeAt(event, given);
  return place && (selection ? extended(selection, place, event.shiftKey) : selectCell(place));
}

function placeAt(event: PointerEvent<HTMLElement>, given: Given) {
  const { rows, places, viewport, rowHeight, head, side, pinned } = given;
  const box = viewport.ref.current?.getBoundingClientRect();
  if (!box) return undefined;
  const { view } = viewport;
  const x = event.clientX - box.left - side;
  const y = event.clientY - box.top - head;
  if (x < 0 || y < 0 || x + side > view.width || y + head > view.height) return undefined;
  const row = Math.floor((y + view.top) / rowHeight);
  const right = places.edges.at(-1) ?? 0;
  const place = x < (places.edges[pinned] ?? 0) ? x : x + view.left;
  if (row >= rows.total || place >= right) return undefined;
  return { row, column: places.between(place, place)[0] };
}
