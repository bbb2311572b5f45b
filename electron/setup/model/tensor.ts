/** Numbers in rows, the last dimension running fastest. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float32Array;
}

/** A tensor of two dimensions. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float32Array;
}

/** A tensor as the matrix it is. */
export function matrix({ shape, data }: Tensor): Matrix {
  const [rows, columns] = shape;
  if (shape.length !== 2 || rows === undefined || columns === undefined)
    throw new Error(`Expected a matrix, got the shape ${shape.join('×')}.`);
  return { rows, columns, data };
}

/** Matrices of equal width, one below the other. */
export function stacked(matrices: readonly Matrix[]): Matrix {
  const [first] = matrices;
  if (!first) throw new Error('There is nothing to stack.');
  return {
    rows: matrices.reduce((sum, { rows }) => sum + rows, 0),
    columns: first.columns,
    data: joined(matrices.map(({ data }) => data)),
  };
}

/** Vectors one after the other. */
export function joined(vectors: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(vectors.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const vector of vectors) {
    all.set(vector, at);
    at += vector.length;
  }
  return all;
}
