const whole = new Intl.NumberFormat('en-US');
const fine = new Intl.NumberFormat('en-US', { maximumFractionDigits: 2 });
const small = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 4 });
const tiny = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 4, notation: 'scientific' });

/** A count with separators: 48,211. */
export const count = (value: number | bigint) => whole.format(value);

/** A number with at most two places; below one with four digits that count, so that no rate or probability is written as 0. */
export function number(value: number): string {
  const size = Math.abs(value);
  if (size >= 1 || size === 0) return fine.format(value);
  return (size < 1e-6 ? tiny : small).format(value);
}

/** A number with so many significant figures, or as many as its whole part has, without separators. */
export function figures(value: number, least = 8): string {
  if (Math.abs(value) < 10 ** least) return String(Number(value.toPrecision(least)));
  return Math.abs(value) < 1e21 ? String(BigInt(Math.round(value))) : String(value);
}

/** A number that is written out, to its last digit: `45000150000.50` as `45,000,150,000.50`; any other text as it is. */
export const grouped = (text: string) =>
  /^-?\d+(\.\d+)?$/.test(text)
    ? text.replace(/\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ','))
    : text;

/** A count of things: 1 row, 2 rows. */
export const counted = (value: number, one: string, many = `${one}s`) =>
  `${count(value)} ${value === 1 ? one : many}`;

/** A share of one, rounded down so that only all of it is 100 %. */
export const percent = (share: number) => `${(Math.floor(share * 1000) / 10).toFixed(1)}\u00a0%`;

const units = ['B', 'kB', 'MB', 'GB', 'TB'];

/** A size of a file or of memory. */
export function bytes(value: number): string {
  const power = value < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(value) / 3));
  const scaled = value / 1000 ** power;
  return `${power === 0 || scaled >= 100 ? Math.round(scaled) : scaled.toFixed(1)} ${units[power]}`;
}

/** An expected length of time, no more exact than to the second: about 3 s. */
export const roughly = (ms: number): string =>
  ms < 60_000 ? `about ${Math.max(1, Math.round(ms / 1000))} s` : `about ${duration(ms)}`;

/** A length of time: 850 ms, 2.4 s, 3 min 5 s. */
export function duration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1000).toFixed(1)} s`;
  const minutes = Math.floor(ms / 60_000);
  return minutes < 60
    ? `${minutes} min ${Math.round((ms % 60_000) / 1000)} s`
    : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
