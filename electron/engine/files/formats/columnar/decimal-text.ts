/** A decimal in full: its digits as a whole number, of which `scale` stand behind the point. */
export function decimalText(digits: bigint, scale: number): string {
  if (scale < 0) return String(digits * 10n ** BigInt(-scale));
  const text = String(digits < 0n ? -digits : digits).padStart(scale + 1, '0');
  const point = text.length - scale;
  return `${digits < 0n ? '-' : ''}${text.slice(0, point)}${scale > 0 ? `.${text.slice(point)}` : ''}`;
}

/** PostgreSQL's type of such decimals; digits left out before the point, or behind it, count, for older servers. */
export function decimalType(precision: number, scale: number): string {
  const digits = Math.max(precision, scale) + Math.max(0, -scale);
  return digits > 1000 ? 'numeric' : `numeric(${digits},${Math.max(0, scale)})`;
}
