import { covers, isSeen, type Label, labelRise, labelSize, whole } from './label-places.ts';
import { onScreen, type Size, type Viewport } from './viewport.ts';

/** Pixels of a square in which points are counted. */
const square = 6;
/** How far above the middle of its hill a name may stand, nearest first; below it where negative. */
const rises = [labelRise, 22, 32, 44, 56, 70, -22, -32, -44, -56, -70];
/** A name that stands so much farther from the middle must cover that share less of the points. */
const costOfPixel = 0.006;

/**
 * Names where they cover few points and no other name; earlier ones come first. They stand over the middle of their hills, and
 * move up or down to where it is empty.
 */
export function clearOfPoints(
  labels: readonly Label[],
  points: { readonly x: Float32Array; readonly y: Float32Array },
  view: Viewport,
  size: Size,
): Label[] {
  const counts = squaresOf(points, view, size);
  const kept: Label[] = [];
  for (const label of labels) {
    if (!isSeen(label, size.width)) continue;
    const best = bestPlace(whole(label, size.width), kept, counts, size);
    if (best) kept.push(best);
  }
  return kept;
}

/** The place of a name that costs least, of those that are free. */
function bestPlace(usual: Label, kept: readonly Label[], counts: Squares, { height }: Size) {
  const covered = coveredBy(usual, counts);
  const isFree = (one: Label) => !kept.some((other) => covers(one, other));
  const isIn = ({ top }: Label) => top > labelRise && top < height - labelRise;
  const free = rises
    .map((rise) => ({ one: { ...usual, top: usual.top + labelRise - rise }, away: Math.abs(rise) }))
    .filter(({ one }) => isFree(one) && (one.top === usual.top || isIn(one)))
    .map(({ one, away }) => ({ one, cost: coveredBy(one, counts) / (covered || 1) + away * costOfPixel }));
  return free.toSorted((one, other) => one.cost - other.cost)[0]?.one;
}

interface Squares {
  readonly counts: Float64Array;
  readonly columns: number;
  readonly rows: number;
  /** Where the first square begins: squares stay where they are on the map when it is moved. */
  readonly left: number;
  readonly top: number;
}

/** How many points lie above and left of each square's end, so that any box is counted by its corners. */
function squaresOf(
  { x, y }: { readonly x: Float32Array; readonly y: Float32Array },
  view: Viewport,
  size: Size,
): Squares {
  const [originX, originY] = onScreen(view, size, 0, 0);
  const left = originX - Math.ceil(originX / square) * square;
  const top = originY - Math.ceil(originY / square) * square;
  const columns = Math.ceil((size.width - left) / square) + 1;
  const rows = Math.ceil((size.height - top) / square) + 1;
  const counts = new Float64Array(columns * rows);
  // Plain numbers: this runs a hundred thousand times for each frame.
  const scale = view.scale / square;
  const [firstColumn, firstRow] = [(originX - left) / square + 1, (originY - top) / square + 1];
  for (let at = 0; at < x.length; at++) {
    const column = Math.floor(firstColumn + (x[at] as number) * scale);
    const row = Math.floor(firstRow - (y[at] as number) * scale);
    if (column < 1 || row < 1 || column >= columns || row >= rows) continue;
    counts[row * columns + column] = (counts[row * columns + column] as number) + 1;
  }
  for (let row = 0; row < rows; row++)
    for (let column = 1; column < columns; column++)
      counts[row * columns + column] =
        (counts[row * columns + column] as number) + (counts[row * columns + column - 1] as number);
  for (let at = columns; at < counts.length; at++)
    counts[at] = (counts[at] as number) + (counts[at - columns] as number);
  return { counts, columns, rows, left, top };
}

/** How many points a name would cover. */
function coveredBy(label: Label, { counts, columns, rows, left, top }: Squares): number {
  const { width, height } = labelSize(label);
  const column = (at: number) => Math.max(0, Math.min(columns - 1, Math.round((at - left) / square)));
  const row = (at: number) => Math.max(0, Math.min(rows - 1, Math.round((at - top) / square)));
  const [first, last] = [column(label.left - width / 2), column(label.left + width / 2)];
  const [above, below] = [row(label.top - height / 2), row(label.top + height / 2)];
  const upTo = (r: number, c: number) => counts[r * columns + c] ?? 0;
  return upTo(below, last) - upTo(above, last) - upTo(below, first) + upTo(above, first);
}
