import { type KeyboardEvent, type RefObject, useCallback, useEffect, useRef } from 'react';
import type { Position } from '../../shared/place-steps.ts';
import { type Direction, neighbour } from './neighbour.ts';

const directions: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

const steps: Readonly<Record<Direction, Position>> = {
  left: [-24, 0],
  right: [24, 0],
  up: [0, -24],
  down: [0, 24],
};

/** What the keys of a canvas act on. */
export interface CanvasKeys {
  readonly boxes: readonly { readonly id: string; readonly position: Position }[];
  readonly selected: readonly string[];
  readonly select: (ids: readonly string[]) => void;
  readonly open: (id: string) => void;
  readonly move: (positions: Readonly<Record<string, Position>>) => void;
  readonly remove: () => void;
  /** Nearer, farther, or so that everything is seen. */
  readonly zoom: (way: Zoom) => void;
}

/** A way to change how much is seen. */
export type Zoom = 'in' | 'out' | 'all';

const zooms: Readonly<Record<string, Zoom>> = { '+': 'in', '=': 'in', '-': 'out', 0: 'all' };

/** Arrows go from box to box, with Alt they move the selected; Enter opens, Delete removes, Escape lets go, + - 0 zoom. */
export function useCanvasKeys(canvas: RefObject<HTMLElement | null>, keys: CanvasKeys) {
  return useCallback(
    (event: KeyboardEvent) => {
      const inBox = event.target instanceof HTMLElement && !event.target.closest('button, [role=menu]');
      if (!inBox || event.ctrlKey || event.metaKey) return;
      const done = handle(canvas.current, keys, event);
      if (!done) return;
      event.preventDefault();
      event.stopPropagation();
    },
    [canvas, keys],
  );
}

function handle(canvas: HTMLElement | null, keys: CanvasKeys, { key, altKey }: KeyboardEvent): boolean {
  const direction = directions[key];
  const [first] = keys.selected;
  if (direction && altKey) return moveBy(keys, steps[direction]);
  const zoom = zooms[key];
  if (zoom) return zoomed(keys, zoom);
  if (direction) return goTo(canvas, keys, neighbour(keys.boxes, first ?? '', direction));
  if (key === 'Enter' && first) keys.open(first);
  else if (key === 'Delete' || key === 'Backspace') keys.remove();
  else if (key === 'Escape') keys.select([]);
  else return false;
  return true;
}

function zoomed(keys: CanvasKeys, way: Zoom): boolean {
  keys.zoom(way);
  return true;
}

function moveBy({ boxes, selected, move }: CanvasKeys, [dx, dy]: Position): boolean {
  const moved = boxes.filter(({ id }) => selected.includes(id));
  move(Object.fromEntries(moved.map(({ id, position: [x, y] }) => [id, [x + dx, y + dy]])));
  return true;
}

function goTo(canvas: HTMLElement | null, { select }: CanvasKeys, id: string | undefined): boolean {
  if (id === undefined) return true;
  select([id]);
  focusBox(canvas, id);
  return true;
}

function focusBox(canvas: HTMLElement | null, id: string): void {
  canvas?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`)?.focus();
}

/** Gives the keyboard to the box that is selected by now, unless somebody takes it from where it is. */
export function focusSelectedBox(canvas: HTMLElement | null): void {
  const before = document.activeElement;
  const attempt = (triesLeft: number) => {
    if (triesLeft === 0 || document.activeElement !== before) return;
    canvas?.querySelector<HTMLElement>('.react-flow__node.selected')?.focus();
    requestAnimationFrame(() => attempt(triesLeft - 1));
  };
  requestAnimationFrame(() => attempt(30));
}

/** Gives the keyboard to the selected box when the canvas appears and nothing else has it. */
export function useFirstFocus(canvas: RefObject<HTMLElement | null>, selected: readonly string[]): void {
  const first = useRef(selected);
  useEffect(() => {
    const [id] = first.current;
    let frame = 0;
    // Boxes cannot take the focus before they were measured.
    const attempt = (triesLeft: number) => {
      if (id === undefined || triesLeft === 0 || document.activeElement !== document.body) return;
      focusBox(canvas.current, id);
      frame = requestAnimationFrame(() => attempt(triesLeft - 1));
    };
    frame = requestAnimationFrame(() => attempt(30));
    return () => cancelAnimationFrame(frame);
  }, [canvas]);
}
