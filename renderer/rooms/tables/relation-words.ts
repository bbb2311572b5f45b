/** A coefficient from -1 to 1 with two places and its sign; a dash where there is none. */
export function coefficient(value: number | null): string {
  if (value === null) return '–';
  const rounded = Math.abs(value).toFixed(2);
  return `${value < 0 && Number(rounded) > 0 ? '−' : ''}${rounded}`;
}
