/** More significant figures than every double keeps. */
const figures = 15;

/**
 * Numbers as doubles by what they are above the first of them, where they are exact and have more figures than a double: how numbers
 * go together does not change by that, and those of a narrow range far from zero stay apart. `NaN` stays where a row has no number.
 */
export function nearZero(texts: readonly (string | null)[], numbers: Float64Array): Float64Array {
  const rows = [...numbers.keys()].filter((row) => !Number.isNaN(numbers[row]));
  const parts = rows.map((row) => /^(-?\d+)(?:\.(\d+))?$/.exec(texts[row] ?? ''));
  const isLong = parts.some((part) => (part?.[0].length ?? 0) > figures);
  if (!isLong || parts.includes(null)) return numbers;
  const scale = parts.reduce((most, part) => Math.max(most, part?.[2]?.length ?? 0), 0);
  const whole = parts.map((part) => BigInt(`${part?.[1]}${(part?.[2] ?? '').padEnd(scale, '0')}`));
  const [first = 0n] = whole;
  const moved = new Float64Array(numbers.length).fill(NaN);
  for (const [at, row] of rows.entries()) moved[row] = Number(`${(whole[at] ?? 0n) - first}e-${scale}`);
  return moved;
}
