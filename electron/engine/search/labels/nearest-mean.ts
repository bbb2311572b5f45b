/** Vectors of one length, one after the other; label numbers from 0 on, -1 where there is none. */
export interface Examples {
  readonly vectors: Float32Array;
  readonly dimensions: number;
  readonly labels: Int32Array;
  /** How many labels there are, two at least. */
  readonly count: number;
}

/** A vector's nearest label, the second, and by how much the first is nearer in cosine similarity. */
export interface Nearest {
  readonly label: number;
  readonly second: number;
  readonly margin: number;
}

/**
 * The label whose examples' mean direction is nearest, for every vector; an example is left out of its own mean, so
 * that examples are measured by the others (leave-one-out cross-validation). A label whose only example is asked
 * about is never its nearest. Method: the nearest centroid of Rocchio 1971; with few examples per label, the
 * prototypes of Snell, Swersky and Zemel 2017.
 */
export function nearestLabels(examples: Examples): readonly Nearest[] {
  const { vectors, dimensions, labels } = examples;
  const unit = unitVectors(vectors, dimensions);
  const sums = sumsOf(unit, examples);
  const lengths = sums.map((sum) => Math.sqrt(dot(sum, sum)));
  return Array.from(labels, (own, at) => {
    const vector = unit.subarray(at * dimensions, (at + 1) * dimensions);
    const near = sums.map((sum, label) => similarity(vector, sum, lengths[label] as number, label === own));
    return firstTwo(near);
  });
}

function unitVectors(vectors: Float32Array, dimensions: number): Float32Array {
  const unit = Float32Array.from(vectors);
  for (let from = 0; from < unit.length; from += dimensions) {
    const vector = unit.subarray(from, from + dimensions);
    const length = Math.sqrt(dot(vector, vector)) || 1;
    for (let at = 0; at < dimensions; at++) vector[at] = (vector[at] as number) / length;
  }
  return unit;
}

function sumsOf(unit: Float32Array, { dimensions, labels, count }: Examples): readonly Float64Array[] {
  const sums = Array.from({ length: count }, () => new Float64Array(dimensions));
  labels.forEach((label, row) => {
    const sum = sums[label];
    if (!sum) return;
    for (let at = 0; at < dimensions; at++)
      sum[at] = (sum[at] as number) + (unit[row * dimensions + at] as number);
  });
  return sums;
}

/** Cosine similarity to a sum of unit vectors, this one among them or not. */
function similarity(vector: Float32Array, sum: Float64Array, length: number, within: boolean): number {
  const along = dot(vector, sum);
  if (!within) return along / (length || 1);
  // |s - v|² = |s|² - 2 v·s + 1 for a unit vector v.
  const square = length * length - 2 * along + 1;
  return square < 1e-6 ? Number.NEGATIVE_INFINITY : (along - 1) / Math.sqrt(square);
}

function firstTwo(near: readonly number[]): Nearest {
  let [label, second] = (near[0] as number) >= (near[1] as number) ? [0, 1] : [1, 0];
  for (let at = 2; at < near.length; at++) {
    if ((near[at] as number) > (near[label] as number)) [label, second] = [at, label];
    else if ((near[at] as number) > (near[second] as number)) second = at;
  }
  const margin = (near[label] as number) - (near[second] as number);
  return { label, second, margin: Number.isFinite(margin) ? margin : 2 };
}

type Numbers = Float32Array | Float64Array;

function dot(one: Numbers, other: Numbers): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += (one[at] as number) * (other[at] as number);
  return sum;
}
