/** The cosine similarity of two of the vectors, by their places. */
export function similarityOf(vectors: Float32Array, dimensions: number) {
  const lengths = Float64Array.from({ length: vectors.length / dimensions }, (_, at) =>
    Math.sqrt(dot(vectors, dimensions, at, at)),
  );
  return (one: number, other: number): number =>
    dot(vectors, dimensions, one, other) / ((lengths[one] as number) * (lengths[other] as number));
}

function dot(vectors: Float32Array, dimensions: number, one: number, other: number): number {
  let sum = 0;
  for (let at = 0; at < dimensions; at++)
    sum += (vectors[one * dimensions + at] as number) * (vectors[other * dimensions + at] as number);
  return sum;
}

const blockDimensions = 32;
/** More than what sums of double precision differ by. */
const rounding = 1e-9;

/**
 * Whether two of the vectors can have the similarity `near`: what is left of each bounds what the rest can add
 * (Cauchy-Schwarz), so that most are told apart by their first dimensions.
 */
export function similarityBound(vectors: Float32Array, dimensions: number, near: number) {
  const count = vectors.length / dimensions;
  const blocks = Math.ceil(dimensions / blockDimensions);
  const rests = restLengths(vectors, dimensions, blocks);
  return (one: number, other: number): boolean => {
    const least = (near - rounding) * (rests[one] as number) * (rests[other] as number);
    let sum = 0;
    for (let block = 0; block < blocks; block++) {
      const end = Math.min(dimensions, (block + 1) * blockDimensions);
      for (let at = block * blockDimensions; at < end; at++)
        sum += (vectors[one * dimensions + at] as number) * (vectors[other * dimensions + at] as number);
      const left = (block + 1) * count;
      if (sum + (rests[left + one] as number) * (rests[left + other] as number) < least) return false;
    }
    return true;
  };
}

/** The length of each vector without its first blocks: without none, without one, and so on. */
function restLengths(vectors: Float32Array, dimensions: number, blocks: number): Float64Array {
  const count = vectors.length / dimensions;
  const squares = new Float64Array((blocks + 1) * count);
  for (let at = 0; at < count; at++) {
    let sum = 0;
    for (let dimension = dimensions - 1; dimension >= 0; dimension--) {
      sum += (vectors[at * dimensions + dimension] as number) ** 2;
      if (dimension % blockDimensions === 0) squares[(dimension / blockDimensions) * count + at] = sum;
    }
  }
  return squares.map(Math.sqrt);
}
