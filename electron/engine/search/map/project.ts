import { createNNDescent, createUMAP } from 'embedding-atlas';

/** The same vectors give the same map. */
const seed = 7;
const neighbours = 15;
/** Few documents need more passes to come apart. */
const passesFor = (count: number) => (count <= 10_000 ? 500 : 200);

/**
 * Lays out vectors so that near ones lie near each other: two numbers for each.
 * Method: McInnes, Healy and Melville 2018, "UMAP: Uniform Manifold Approximation and Projection".
 * @param vectors one after the other
 * @param progress told the share that is done, from 0 to 1
 */
export async function project(
  vectors: Float32Array,
  dimensions: number,
  progress: (share: number) => void,
): Promise<Float32Array> {
  const count = vectors.length / dimensions;
  const umap = await createUMAP(count, dimensions, 2, vectors, {
    metric: 'cosine',
    seed,
    nNeighbors: Math.min(neighbours, count - 1),
    nEpochs: passesFor(count),
    progress,
  });
  try {
    await umap.run();
    return Float32Array.from(umap.embedding);
  } finally {
    umap.destroy();
  }
}

/** So many neighbours say where a new document belongs. */
const placers = 5;

/** Positions of new vectors: each amid its nearest among those that lie already, nearer ones counting more. */
export async function placeAmong(
  vectors: Float32Array,
  positions: Float32Array,
  added: Float32Array,
  dimensions: number,
): Promise<Float32Array> {
  const count = vectors.length / dimensions;
  const index = await createNNDescent(count, dimensions, vectors, {
    metric: 'cosine',
    seed,
    nNeighbors: Math.min(neighbours, count - 1),
  });
  const placed = new Float32Array((added.length / dimensions) * 2);
  for (let at = 0; at < placed.length / 2; at++) {
    const vector = added.slice(at * dimensions, (at + 1) * dimensions);
    const near = index.queryByVector(vector, Math.min(placers, count));
    placed.set(weightedMean(near.indices, near.distances, positions), at * 2);
  }
  index.destroy();
  return placed;
}

/** Keeps equal documents from counting without bounds. */
const leastDistance = 1e-3;

function weightedMean(indices: Int32Array, distances: Float32Array, positions: Float32Array) {
  let [x, y, total] = [0, 0, 0];
  indices.forEach((index, at) => {
    const weight = 1 / Math.max(distances[at] as number, leastDistance);
    x += weight * (positions[index * 2] as number);
    y += weight * (positions[index * 2 + 1] as number);
    total += weight;
  });
  return [x / total, y / total];
}
