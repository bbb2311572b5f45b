/** The mean of numbers by their exact sum, rounded once; nothing where the sum is not finite, or the mean beyond a double. */
export function exactMean(sum: string | null, count: number): number | null {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(sum ?? '') ?? [];
  if (whole === '' || count === 0) return null;
  const digits = (BigInt(whole + fraction) * 10n ** spare) / BigInt(count);
  const mean = Number(`${sign}${digits}e-${fraction.length + Number(spare)}`);
  return Number.isFinite(mean) ? mean : null;
}

/** More figures than a double and a count of rows have. */
const spare = 40n;
