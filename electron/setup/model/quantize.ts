import type { Matrix } from './tensor.ts';

/** A matrix in bytes: `value ≈ byte × scale`, with one scale a row. */
export interface QuantizedRows {
  readonly rows: number;
  readonly columns: number;
  readonly bytes: Int8Array;
  readonly scales: Float32Array;
}

const largest = 127;

/** Symmetric 8-bit quantisation, row by row: each row's largest value becomes ±127. */
export function quantizedByRow({ rows, columns, data }: Matrix): QuantizedRows {
  const bytes = new Int8Array(rows * columns);
  const scales = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    const values = data.subarray(row * columns, (row + 1) * columns);
    const scale =
      Math.fround(values.reduce((max, value) => Math.max(max, Math.abs(value)), 0) / largest) || 1;
    scales[row] = scale;
    values.forEach((value, at) => {
      bytes[row * columns + at] = Math.max(-largest, Math.min(largest, Math.round(value / scale)));
    });
  }
  return { rows, columns, bytes, scales };
}

/** The bytes with rows and columns exchanged. */
export function transposedBytes({ rows, columns, bytes }: QuantizedRows): Int8Array {
  const turned = new Int8Array(bytes.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++)
      turned[column * rows + row] = bytes[row * columns + column] ?? 0;
  }
  return turned;
}
