const two = (value: bigint) => String(value).padStart(2, '0');

/** A span of time in hours, minutes and seconds: `25:01:01.5`, `-00:00:01`. */
export function clockText(micros: bigint): string {
  const size = micros < 0n ? -micros : micros;
  const seconds = size / 1_000_000n;
  const rest = size % 1_000_000n;
  const fraction = rest === 0n ? '' : `.${String(rest).padStart(6, '0').replace(/0+$/, '')}`;
  const sign = micros < 0n ? '-' : '';
  return `${sign}${two(seconds / 3600n)}:${two((seconds / 60n) % 60n)}:${two(seconds % 60n)}${fraction}`;
}

/** Months, days and a time, each with its own sign, as PostgreSQL reads an interval. */
export const monthsText = (months: number, days: number, micros: bigint): string =>
  `${months} mons ${days} days ${clockText(micros)}`;
