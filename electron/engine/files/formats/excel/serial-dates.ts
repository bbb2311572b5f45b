const dayMs = 86_400_000;

/** The day that day 0 of a workbook is, as Excel counts: it takes 1900 for a leap year. */
const zero = (from1904: boolean) => (from1904 ? Date.UTC(1904, 0, 1) : Date.UTC(1899, 11, 30));

/** The moment that a serial number stands for, in whole milliseconds; undefined where there is none. */
function momentOf(serial: number, from1904: boolean): Date | undefined {
  // Before March 1900 Excel's count is one day off, because of the 29th of February that never was.
  const days = !from1904 && serial < 60 ? serial + 1 : serial;
  if (serial < 0 || (!from1904 && Math.floor(serial) === 60) || serial >= 2_958_466) return undefined;
  return new Date(zero(from1904) + Math.round(days * dayMs));
}

/** A serial number as a day with a time: `2024-01-31 10:30:00`. */
export const timestampOf = (serial: number, from1904: boolean): string | undefined =>
  momentOf(serial, from1904)
    ?.toISOString()
    .replace('T', ' ')
    .replace(/(\.000)?Z$/, '');

/** A serial number as a day; undefined where it has a time as well. */
export function dateOf(serial: number, from1904: boolean): string | undefined {
  const written = timestampOf(serial, from1904);
  return written?.endsWith(' 00:00:00') ? written.slice(0, 10) : undefined;
}

/** A part of a day as a time. */
export const timeOf = (serial: number): string =>
  new Date(Math.round((serial - Math.floor(serial)) * dayMs))
    .toISOString()
    .slice(11, 23)
    .replace(/\.000$/, '');

/** A number of days as hours, minutes and seconds, however many: `36:00:00`. */
export function durationOf(serial: number): string {
  const seconds = Math.round(Math.abs(serial) * 86_400_000) / 1000;
  const two = (value: number) => String(value).padStart(2, '0');
  const rest = seconds % 60;
  const shown = Number.isInteger(rest) ? two(rest) : rest.toFixed(3).padStart(6, '0');
  return `${serial < 0 ? '-' : ''}${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${shown}`;
}
