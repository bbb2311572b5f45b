/** Numbers from 0 to 1, the same every time: a linear congruential generator (Numerical Recipes, 7.1). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Directions in which the members of a cluster differ, as texts on one subject do; and what they differ by beyond that. */
const directions = 24;
const bases = 40;
const spread = 0.15;
const noise = 0.1;

/** Makes vectors of length 1 that lie in clusters: what an index finds of evenly spread ones says nothing of texts. */
export function clusteredVectors(dimensions: number, clusters: number, seed = 42): () => Float32Array {
  const next = numbers(seed);
  const normal = () => Math.sqrt(-2 * Math.log(next() + 1e-12)) * Math.cos(2 * Math.PI * next());
  const filled = (length: number) => Float32Array.from({ length }, normal);
  const centres = Array.from({ length: clusters }, () => filled(dimensions));
  const spans = Array.from({ length: bases }, () =>
    Array.from({ length: directions }, () => filled(dimensions)),
  );
  return () => {
    const cluster = Math.floor(next() * clusters);
    const vector = Float32Array.from(centres[cluster] as Float32Array, (value) => value + noise * normal());
    for (const direction of spans[cluster % bases] ?? []) {
      const weight = spread * normal();
      for (let at = 0; at < dimensions; at++)
        vector[at] = (vector[at] as number) + weight * (direction[at] as number);
    }
    const length = Math.hypot(...vector);
    return vector.map((value) => value / length);
  };
}
