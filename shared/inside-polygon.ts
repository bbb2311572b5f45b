/** A corner of a polygon. */
export type Corner = readonly [x: number, y: number];

/** Whether a point lies inside a polygon. Method: the even-odd rule, by a ray to the right. */
export function insidePolygon(polygon: readonly Corner[], x: number, y: number): boolean {
  let inside = false;
  let [beforeX, beforeY] = polygon.at(-1) ?? [0, 0];
  for (const [cornerX, cornerY] of polygon) {
    const crosses = cornerY > y !== beforeY > y;
    if (crosses && x < ((beforeX - cornerX) * (y - cornerY)) / (beforeY - cornerY) + cornerX)
      inside = !inside;
    [beforeX, beforeY] = [cornerX, cornerY];
  }
  return inside;
}
