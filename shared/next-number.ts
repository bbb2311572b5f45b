/** The largest double that is less. */
export function nextBelow(bound: number): number {
  if (bound === 0) return -Number.MIN_VALUE;
  const bits = new BigInt64Array(new Float64Array([bound]).buffer);
  bits[0] = (bits[0] ?? 0n) + (bound > 0 ? -1n : 1n);
  return new Float64Array(bits.buffer)[0] ?? bound;
}

/** The smallest double that is more. */
export const nextAbove = (bound: number): number => -nextBelow(-bound);

/** What was written where a limit is the number next to it: 2 for 1.9999999999999998; undefined where it was written itself. */
export const writtenBeside = (limit: number, next: (limit: number) => number): number | undefined => {
  const written = next(limit);
  return written === 0 || String(written).length + 8 < String(limit).length ? written + 0 : undefined;
};
