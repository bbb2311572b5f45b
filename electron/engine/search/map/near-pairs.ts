import { createNNDescent } from 'embedding-atlas';

/** So many neighbours of each vector are looked at. */
const neighbours = 30;
/** Up to so many vectors each is compared with each. */
const fewVectors = 2000;
const seed = 7;

/**
 * Pairs of vectors whose cosine similarity is `near` or more, by their places: two numbers for each pair. Of many
 * vectors, those among the nearest neighbours of one another. Method: Dong, Moses and Li 2011, NN-descent.
 */
export async function nearPairs(
  vectors: Float32Array,
  dimensions: number,
  near: number,
): Promise<Int32Array> {
  const count = vectors.length / dimensions;
  if (count <= fewVectors) return comparingAll(vectors, dimensions, near);
  const index = await createNNDescent(count, dimensions, vectors, {
    metric: 'cosine',
    seed,
    nNeighbors: neighbours,
  });
  const pairs: number[] = [];
  for (let at = 0; at < count; at++) {
    const found = index.queryByIndex(at, neighbours);
    found.indices.forEach((other, place) => {
      if (other > at && (found.distances[place] as number) <= 1 - near) pairs.push(at, other);
    });
  }
  index.destroy();
  return Int32Array.from(pairs);
}

function comparingAll(vectors: Float32Array, dimensions: number, near: number): Int32Array {
  const count = vectors.length / dimensions;
  const lengths = Float64Array.from({ length: count }, (_, at) =>
    Math.sqrt(dot(vectors, dimensions, at, at)),
  );
  const pairs: number[] = [];
  for (let at = 0; at < count; at++) {
    for (let other = at + 1; other < count; other++) {
      const product = (lengths[at] as number) * (lengths[other] as number);
      if (dot(vectors, dimensions, at, other) >= near * product) pairs.push(at, other);
    }
  }
  return Int32Array.from(pairs);
}

function dot(vectors: Float32Array, dimensions: number, one: number, other: number): number {
  let sum = 0;
  for (let at = 0; at < dimensions; at++)
    sum += (vectors[one * dimensions + at] as number) * (vectors[other * dimensions + at] as number);
  return sum;
}
