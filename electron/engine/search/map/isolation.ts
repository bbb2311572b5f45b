import { createNNDescent } from 'embedding-atlas';
import { similarityOf } from './similarity.ts';

/** So many neighbours of each vector are looked at. */
const neighbours = 30;
/** Up to so many vectors each is compared with each. */
const fewVectors = 2000;
const seed = 7;

/**
 * How near each vector is to others: its mean cosine similarity to the `nearest` nearest of them. What is lowest is
 * unlike everything else. Methods: the mean distance to the k nearest neighbours, Angiulli and Pizzuti 2002; of many
 * vectors, these by NN-descent, Dong, Moses and Li 2011.
 */
export async function nearnessToOthers(
  vectors: Float32Array,
  dimensions: number,
  nearest: number,
): Promise<Float32Array> {
  const count = vectors.length / dimensions;
  if (count <= fewVectors) return comparingAll(vectors, dimensions, nearest);
  const index = await createNNDescent(count, dimensions, vectors, {
    metric: 'cosine',
    seed,
    nNeighbors: neighbours,
  });
  const near = Float32Array.from({ length: count }, (_, at) => {
    const found = index.queryByIndex(at, nearest + 1);
    const others = Array.from(found.distances).filter((_, place) => found.indices[place] !== at);
    return mean(others.slice(0, nearest).map((distance) => 1 - distance));
  });
  index.destroy();
  return near;
}

function comparingAll(vectors: Float32Array, dimensions: number, nearest: number): Float32Array {
  const count = vectors.length / dimensions;
  const similarity = similarityOf(vectors, dimensions);
  return Float32Array.from({ length: count }, (_, at) => {
    const all = Float64Array.from({ length: count }, (_, other) =>
      other === at ? Number.NEGATIVE_INFINITY : similarity(at, other),
    ).sort();
    return mean(Array.from(all.subarray(Math.max(1, count - nearest))));
  });
}

const mean = (numbers: readonly number[]) =>
  numbers.reduce((sum, one) => sum + one, 0) / Math.max(numbers.length, 1);
