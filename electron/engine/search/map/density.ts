/** Cells along each side of the density map. */
export const cells = 256;
/** Empty cells around the points, so that no hill ends at the edge. */
const margin = 24;
/**
 * The blur's standard deviation, in cells: few points need more to make a hill. The power of their count is that of
 * Silverman 1986, "Density Estimation", for two dimensions.
 */
const blurFor = (count: number) => Math.max(2, Math.min(8, 15 * count ** (-1 / 6)));

/** How many points lie around each cell, row by row, and where each point lies in it. */
export interface Density {
  readonly values: Float32Array;
  /** The cell of each point. */
  readonly cellOf: Int32Array;
  /** The point of the plane at a place in cells. */
  readonly at: (column: number, row: number) => readonly [number, number];
}

/** Counts points by cell, blurred by a Gaussian. */
export function densityOf(positions: Float32Array): Density {
  const box = boundsOf(positions);
  const size = Math.max(box.width, box.height, Number.EPSILON);
  const scale = (cells - 2 * margin - 1) / size;
  const cellOf = new Int32Array(positions.length / 2);
  const counts = new Float32Array(cells * cells);
  cellOf.forEach((_, point) => {
    const column = margin + Math.round(((positions[point * 2] as number) - box.left) * scale);
    const row = margin + Math.round(((positions[point * 2 + 1] as number) - box.top) * scale);
    const cell = row * cells + column;
    cellOf[point] = cell;
    counts[cell] = (counts[cell] as number) + 1;
  });
  const at = (column: number, row: number) =>
    [box.left + (column - margin) / scale, box.top + (row - margin) / scale] as const;
  const kernel = kernelOf(blurFor(cellOf.length));
  return { values: blurred(blurred(counts, kernel, 1), kernel, cells), cellOf, at };
}

function boundsOf(positions: Float32Array) {
  let [left, right, top, bottom] = [Infinity, -Infinity, Infinity, -Infinity];
  for (let at = 0; at < positions.length; at += 2) {
    left = Math.min(left, positions[at] as number);
    right = Math.max(right, positions[at] as number);
    top = Math.min(top, positions[at + 1] as number);
    bottom = Math.max(bottom, positions[at + 1] as number);
  }
  return { left, top, width: right - left, height: bottom - top };
}

/** A Gaussian from its middle to three standard deviations, both ways, with a sum of 1. */
function kernelOf(deviation: number): Float32Array {
  const reach = Math.ceil(3 * deviation);
  const kernel = Float32Array.from({ length: 2 * reach + 1 }, (_, at) =>
    Math.exp(-((at - reach) ** 2) / (2 * deviation ** 2)),
  );
  const sum = kernel.reduce((total, weight) => total + weight, 0);
  return kernel.map((weight) => weight / sum);
}

/** Blurs along one axis; `stride` is the distance of neighbours on it. */
function blurred(values: Float32Array, kernel: Float32Array, stride: number): Float32Array {
  const reach = (kernel.length - 1) / 2;
  return values.map((_, cell) => {
    const place = Math.floor(cell / stride) % cells;
    let sum = 0;
    for (let step = Math.max(-reach, -place); step <= Math.min(reach, cells - 1 - place); step++) {
      sum += (values[cell + step * stride] as number) * (kernel[step + reach] as number);
    }
    return sum;
  });
}
