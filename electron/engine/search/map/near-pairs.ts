import { createNNDescent } from 'embedding-atlas';

/** So many neighbours of each vector are looked at. */
const neighbours = 30;
/** Up to so many vectors each is compared with each. */
export const fewVectors = 2000;
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
  const index = await neighbourIndex(vectors, dimensions);
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

/** An index of each vector's nearest neighbours, to be destroyed by the caller. */
export const neighbourIndex = (vectors: Float32Array, dimensions: number) =>
  createNNDescent(vectors.length / dimensions, dimensions, vectors, {
    metric: 'cosine',
    seed,
    nNeighbors: neighbours,
  });

/** The cosine similarity of two of the vectors, by their places. */
export function similarityOf(vectors: Float32Array, dimensions: number) {
  const lengths = Float64Array.from({ length: vectors.length / dimensions }, (_, at) =>
    Math.sqrt(dot(vectors, dimensions, at, at)),
  );
  return (one: number, other: number): number =>
    dot(vectors, dimensions, one, other) / ((lengths[one] as number) * (lengths[other] as number));
}

function comparingAll(vectors: Float32Array, dimensions: number, near: number): Int32Array {
  const count = vectors.length / dimensions;
  const similarity = similarityOf(vectors, dimensions);
  const pairs: number[] = [];
  for (let at = 0; at < count; at++) {
    for (let other = at + 1; other < count; other++) {
      if (similarity(at, other) >= near) pairs.push(at, other);
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
