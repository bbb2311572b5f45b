import { ends } from './viewport.ts';

/** Cells along each side of the grid in which points are looked up. */
const side = 128;

/**
 * Finds the nearest point to a place, within a distance, without looking at all of them.
 * @returns the index of the point
 */
export function pointFinder({
  x,
  y,
}: {
  readonly x: Float32Array;
  readonly y: Float32Array;
}): (atX: number, atY: number, within: number) => number | undefined {
  const [left, right] = ends(x);
  const [top, bottom] = ends(y);
  const column = (value: number) => cell(value, left, right);
  const row = (value: number) => cell(value, top, bottom);
  const cells = new Map<number, number[]>();
  x.forEach((value, index) => {
    const key = row(y[index] as number) * side + column(value);
    const there = cells.get(key);
    if (there) there.push(index);
    else cells.set(key, [index]);
  });
  return (atX, atY, within) => {
    let [nearest, least]: [number | undefined, number] = [undefined, within * within];
    for (let r = row(atY - within); r <= row(atY + within); r++) {
      for (let c = column(atX - within); c <= column(atX + within); c++) {
        for (const index of cells.get(r * side + c) ?? []) {
          const distance = ((x[index] as number) - atX) ** 2 + ((y[index] as number) - atY) ** 2;
          if (distance <= least) [nearest, least] = [index, distance];
        }
      }
    }
    return nearest;
  };
}

const cell = (value: number, low: number, high: number) =>
  Math.min(side - 1, Math.max(0, Math.floor(((value - low) / (high - low || 1)) * side)));
