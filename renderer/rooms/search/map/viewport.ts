/** Which part of a map is seen. */
export interface Viewport {
  /** The point of the map in the middle. */
  readonly x: number;
  readonly y: number;
  /** Pixels for each unit of the map. */
  readonly scale: number;
}

/** The size of what a map is drawn into, in CSS pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** Free room around all points, in pixels: a hill of density ends within it. In a small picture, a share of that. */
const widest = 56;
const share = 0.28;

/** The viewport in which all points are seen. */
export function fitted(x: Float32Array, y: Float32Array, { width, height }: Size): Viewport {
  const margin = Math.min(widest, Math.floor(share * Math.min(width, height)));
  const [left, right] = ends(x);
  const [bottom, top] = ends(y);
  const across = (width - 2 * margin) / (right - left || 1);
  const down = (height - 2 * margin) / (top - bottom || 1);
  return { x: (left + right) / 2, y: (bottom + top) / 2, scale: Math.max(Math.min(across, down), 1e-6) };
}

/** The least and the greatest of some values. */
export function ends(values: Float32Array): readonly [number, number] {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return values.length === 0 ? [0, 0] : [low, high];
}

/** Where a point of the map is on the screen; up stays up. */
export const onScreen = (
  { x, y, scale }: Viewport,
  { width, height }: Size,
  atX: number,
  atY: number,
): readonly [number, number] => [width / 2 + (atX - x) * scale, height / 2 - (atY - y) * scale];

/** The point of the map at a place on the screen. */
export const onMap = (
  { x, y, scale }: Viewport,
  { width, height }: Size,
  left: number,
  top: number,
): readonly [number, number] => [x + (left - width / 2) / scale, y - (top - height / 2) / scale];

/** Moves what is seen by pixels. */
export const moved = (view: Viewport, across: number, down: number): Viewport => ({
  ...view,
  x: view.x - across / view.scale,
  y: view.y + down / view.scale,
});

/** Zooms by a factor; the point at a place on the screen stays there. */
export function zoomed(view: Viewport, size: Size, factor: number, left: number, top: number): Viewport {
  const [x, y] = onMap(view, size, left, top);
  const next = { ...view, scale: view.scale * factor };
  const [afterX, afterY] = onMap(next, size, left, top);
  return { ...next, x: next.x + x - afterX, y: next.y + y - afterY };
}
