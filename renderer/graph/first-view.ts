import { boxHeight, boxWidth, type Position } from '../../shared/place-steps.ts';
import type { GraphBox, Viewport } from './graph.ts';

const margin = 24;
/** Text on a box is read with ease down to this zoom. */
const legible = 0.9;
/** A canvas goes down to this zoom. */
export const smallest = 0.01;
/** Below this one a box shows no more than what it is called, larger. */
export const tooSmallToRead = 0.55;

/** Everything, however small, where a person asks for all. */
export const wholeView = (boxes: readonly GraphBox[], width: number, height: number): Viewport =>
  firstView(boxes, width, height, smallest);

/** All boxes where they can be read that small; else the beginning of the graph, as large as reading needs. */
export function firstView(
  boxes: readonly GraphBox[],
  width: number,
  height: number,
  least = legible,
): Viewport {
  if (boxes.length === 0) return { x: width / 3, y: height / 3, zoom: 1, height };
  const xs = boxes.map(({ position }) => position[0]);
  const ys = boxes.map(({ position }) => position[1]);
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const wide = Math.max(...xs) + boxWidth - left;
  const high = Math.max(...ys) + boxHeight - top;
  const fitting = Math.min(1, (width - margin * 2) / wide, (height - margin * 2) / high);
  const zoom = Math.max(least, fitting);
  const start = (size: number, room: number) => Math.max(margin, (room - size * zoom) / 2);
  return { x: start(wide, width) - left * zoom, y: start(high, height) - top * zoom, zoom, height };
}

/** Where boxes are drawn. */
const drawn = (boxes: readonly GraphBox[], view: Shift) =>
  boxes.map(({ position: [x, y] }) => ({
    left: x * view.zoom + view.x,
    top: y * view.zoom + view.y,
    right: (x + boxWidth) * view.zoom + view.x,
    bottom: (y + boxHeight) * view.zoom + view.y,
  }));

type Shift = Pick<Viewport, 'x' | 'y' | 'zoom'>;

/** True where there are boxes, and all of them lie outside of what is seen. */
export const isOutOfSight = (
  boxes: readonly GraphBox[],
  view: Shift,
  width: number,
  height: number,
): boolean =>
  boxes.length > 0 &&
  drawn(boxes, view).every(
    ({ left, top, right, bottom }) => right < 0 || bottom < 0 || left > width || top > height,
  );

/**
 * The corner where a map covers no box, for a graph that does not fit; none where it fits. Where no corner is free and most
 * boxes are out of sight, the lower right: there the map tells more than what it covers, and the beginning is never covered.
 */
export function cornerForMap(
  boxes: readonly GraphBox[],
  view: Viewport,
  width: number,
  map: { readonly width: number; readonly height: number },
): 'bottom-right' | 'top-right' | 'top-left' | undefined {
  const { height } = view;
  const places = drawn(boxes, view);
  const out = places.filter(
    ({ left, top, right, bottom }) => left < 0 || top < 0 || right > width || bottom > height,
  ).length;
  if (out === 0) return undefined;
  const [wide, high] = [map.width + margin, map.height + margin];
  const corners = {
    'bottom-right': [width - wide, height - high],
    'top-right': [width - wide, 0],
    'top-left': [0, 0],
  };
  const free = Object.entries(corners).find(
    ([, [x = 0, y = 0]]) =>
      !places.some(
        ({ left, top, right, bottom }) => right > x && left < x + wide && bottom > y && top < y + high,
      ),
  );
  if (free) return free[0] as keyof typeof corners;
  return out > boxes.length / 2 ? 'bottom-right' : undefined;
}

/** How far to move the view so that a box is in it; nothing where it is. */
export function intoView(
  [x, y]: Position,
  { x: left, y: top, zoom }: Omit<Viewport, 'height'>,
  width: number,
  height: number,
): { x: number; y: number } | undefined {
  const shift = (start: number, size: number, room: number) =>
    start < margin ? margin - start : Math.min(0, room - margin - (start + size));
  const dx = shift(x * zoom + left, boxWidth * zoom + margin, width);
  const dy = shift(y * zoom + top, boxHeight * zoom, height);
  return dx === 0 && dy === 0 ? undefined : { x: left + dx, y: top + dy };
}
