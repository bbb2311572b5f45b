import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import type { Corner } from '../../../../shared/inside-polygon.ts';
import { moved, onMap, type Size, type Viewport, zoomed } from './viewport.ts';

interface Gestures {
  readonly view: Viewport;
  readonly size: Size;
  /** Dragging draws around documents instead of moving the map. */
  readonly drawing: boolean;
  readonly onView: (view: Viewport) => void;
  readonly onFit: () => void;
  readonly onRegion: (region: readonly Corner[] | null) => void;
  readonly onClick: (left: number, top: number) => void;
}

/** Where a pointer went down; what it draws is kept here, for events come faster than the window is drawn. */
interface Start {
  readonly left: number;
  readonly top: number;
  readonly view: Viewport;
  /** Null where the map is moved. */
  corners: readonly Corner[] | null;
}

/** Pixels that a pointer may move within a click. */
const steady = 4;
/** Pixels between two corners of what is drawn. */
const stride = 4;
const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [60, 0],
  ArrowRight: [-60, 0],
  ArrowUp: [0, 60],
  ArrowDown: [0, -60],
};

/** Moving, zooming and drawing on a map by pointer, wheel and keys. */
export function useGestures({ view, size, drawing, onView, onFit, onRegion, onClick }: Gestures) {
  const [drawn, setDrawn] = useState<readonly Corner[] | null>(null);
  const from = useRef<Start | null>(null);
  const down = (event: PointerEvent<HTMLElement>) => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const [left, top] = placeOf(event);
    const draws = drawing || event.shiftKey;
    from.current = { left, top, view, corners: draws ? [onMap(view, size, left, top)] : null };
  };
  const move = (event: PointerEvent<HTMLElement>) => {
    const start = from.current;
    if (!start) return;
    const [left, top] = placeOf(event);
    if (!start.corners) return onView(moved(start.view, left - start.left, top - start.top));
    start.corners = withCorner(start.corners, onMap(view, size, left, top), stride / view.scale);
    setDrawn(start.corners);
  };
  const up = (event: PointerEvent<HTMLElement>) => {
    const start = from.current;
    from.current = null;
    if (!start) return;
    const [left, top] = placeOf(event);
    const still = Math.hypot(left - start.left, top - start.top) < steady;
    setDrawn(null);
    if (still) onClick(left, top);
    else if (start.corners && start.corners.length > 2) onRegion(start.corners);
  };
  const key = (event: KeyboardEvent) => {
    const zoom = { '+': 1.4, '=': 1.4, '-': 1 / 1.4 }[event.key];
    const arrow = arrows[event.key];
    if (arrow) onView(moved(view, ...arrow));
    else if (zoom) onView(zoomed(view, size, zoom, size.width / 2, size.height / 2));
    else if (event.key === '0') onFit();
    else if (event.key === 'Escape') onRegion(null);
    else return;
    event.preventDefault();
  };
  return { drawn, handlers: { onPointerDown: down, onPointerMove: move, onPointerUp: up, onKeyDown: key } };
}

/** Zooms by the wheel; React listens to it passively, so that the page would scroll too. */
export function useWheel(
  element: HTMLElement | null,
  zoom: (factor: number, left: number, top: number) => void,
): void {
  const latest = useRef(zoom);
  latest.current = zoom;
  useEffect(() => {
    if (!element) return;
    const turned = (event: WheelEvent) => {
      event.preventDefault();
      const box = element.getBoundingClientRect();
      latest.current(Math.exp(-event.deltaY / 400), event.clientX - box.left, event.clientY - box.top);
    };
    element.addEventListener('wheel', turned, { passive: false });
    return () => element.removeEventListener('wheel', turned);
  }, [element]);
}

/** A place within the element that listens. */
export function placeOf(event: PointerEvent<HTMLElement>): readonly [number, number] {
  const box = event.currentTarget.getBoundingClientRect();
  return [event.clientX - box.left, event.clientY - box.top];
}

function withCorner(corners: readonly Corner[], next: Corner, apart: number): readonly Corner[] {
  const last = corners.at(-1);
  return last && Math.hypot(last[0] - next[0], last[1] - next[1]) < apart ? corners : [...corners, next];
}
