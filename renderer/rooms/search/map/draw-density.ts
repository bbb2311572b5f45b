import { inkOf } from './draw-points.ts';
import { onScreen, type Viewport } from './viewport.ts';

/** Pixels of the picture for each cell in which points are counted. */
const cell = 4;
/** Cells around each that its points are spread over; three box blurs come near a Gaussian. */
const spread = 4;
const passes = 3;
/** Steps of shade, seen as lines of equal density. */
const steps = 10;

/** Points whose density is drawn. */
interface Spread {
  readonly x: Float32Array;
  readonly y: Float32Array;
  /** 0 for a point that is left out: its share of a hill is grey. Without it all are in. */
  readonly inside?: Uint8Array;
}

/** Draws how densely points lie, as shades of one colour from clear to full; of grey, as far as they are left out. */
export function drawDensity(
  picture: ImageData,
  view: Viewport,
  points: Spread,
  colour: string,
  grey = colour,
): void {
  const grid = { columns: Math.ceil(picture.width / cell), rows: Math.ceil(picture.height / cell) };
  const { inside } = points;
  const all = counted(picture, view, points, grid);
  const within = inside?.includes(0) ? counted(picture, view, points, grid, inside) : all;
  shade(picture, { all, within, columns: grid.columns }, colour, grey);
}

interface Grid {
  readonly columns: number;
  readonly rows: number;
}

/** How many points lie around each cell, of all or of those that are in. */
function counted(picture: ImageData, view: Viewport, { x, y }: Spread, grid: Grid, only?: Uint8Array) {
  const { columns, rows } = grid;
  let counts = new Float32Array(columns * rows);
  // Plain numbers: this runs a hundred thousand times for each frame.
  const scale = view.scale / cell;
  const [left, top] = onScreen(view, picture, 0, 0);
  for (let at = 0; at < x.length; at++) {
    if (only?.[at] === 0) continue;
    const column = Math.floor(left / cell + (x[at] as number) * scale);
    const row = Math.floor(top / cell - (y[at] as number) * scale);
    if (column < 0 || row < 0 || column >= columns || row >= rows) continue;
    counts[row * columns + column] = (counts[row * columns + column] as number) + 1;
  }
  for (let pass = 0; pass < passes; pass++) counts = blurred(counts, columns, rows);
  return counts;
}

/** Spreads counts along rows and then along columns. */
function blurred(counts: Float32Array, columns: number, rows: number): Float32Array<ArrayBuffer> {
  const across = new Float32Array(counts.length);
  for (let row = 0; row < rows; row++) slide(counts, across, row * columns, 1, columns);
  const down = new Float32Array(counts.length);
  for (let column = 0; column < columns; column++) slide(across, down, column, columns, rows);
  return down;
}

/** The mean around each cell of one line, by a sum that slides along. */
function slide(from: Float32Array, to: Float32Array, start: number, stride: number, length: number): void {
  let sum = 0;
  for (let at = 0; at < length + spread; at++) {
    if (at < length) sum += from[start + at * stride] as number;
    const gone = at - 2 * spread - 1;
    if (gone >= 0) sum -= from[start + gone * stride] as number;
    const middle = at - spread;
    if (middle >= 0) to[start + middle * stride] = sum / (2 * spread + 1);
  }
}

interface Hills {
  readonly all: Float32Array;
  readonly within: Float32Array;
  readonly columns: number;
}

function shade({ data, width, height }: ImageData, hills: Hills, colour: string, grey: string) {
  const { all, within, columns } = hills;
  const pixels = new Uint32Array(data.buffer, data.byteOffset, width * height);
  const highest = all.reduce((most, value) => Math.max(most, value), 0) || 1;
  const ink = inkOf(colour);
  const mixed = all === within ? undefined : mixing(inkOf(grey), ink);
  for (let row = 0; row < height; row++) {
    for (let column = 0; column < width; column++) {
      const dense = between(all, columns, column / cell, row / cell);
      const cover = Math.floor((Math.floor(Math.sqrt(dense / highest) * steps) / steps) * 220);
      if (cover === 0) continue;
      const share = mixed ? between(within, columns, column / cell, row / cell) / dense : 1;
      const shade = mixed ? (mixed[Math.round(share * mixtures)] as number) : ink;
      pixels[row * width + column] = shade | (cover << 24);
    }
  }
}

/** So many mixtures are told apart. */
const mixtures = 64;

/** Two colours mixed, from all of one to all of the other. */
function mixing(from: number, to: number): readonly number[] {
  const part = (share: number, shift: number) => {
    const low = (from >> shift) & 255;
    return Math.round(low + (((to >> shift) & 255) - low) * share) << shift;
  };
  return Array.from({ length: mixtures + 1 }, (_, at) => at / mixtures).map(
    (share) => part(share, 0) | part(share, 8) | part(share, 16),
  );
}

/** The count between four cells, weighted by how near each is. */
function between(counts: Float32Array, columns: number, atColumn: number, atRow: number): number {
  const column = Math.min(Math.floor(atColumn), columns - 2);
  const row = Math.min(Math.floor(atRow), counts.length / columns - 2);
  const right = atColumn - column;
  const down = atRow - row;
  const first = row * columns + column;
  const below = first + columns;
  return (
    ((counts[first] ?? 0) * (1 - right) + (counts[first + 1] ?? 0) * right) * (1 - down) +
    ((counts[below] ?? 0) * (1 - right) + (counts[below + 1] ?? 0) * right) * down
  );
}
