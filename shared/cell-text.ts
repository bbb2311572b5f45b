import { typeFamily } from './column.ts';

/**
 * A cell as the engine's Arrow bytes hold it: days since 1970 for a date, microseconds since 1970 for a timestamp, text
 * for numerics and for every type that Arrow has no like of.
 */
export type CellValue = string | number | bigint | boolean | null;

const lastDay = 0x7fffffff;
const firstDay = -0x80000000;
const lastMicro = 2n ** 63n - 1n;
const dayMicros = 86_400_000_000n;

/** Statements that change rows give them as text, and booleans then as one letter. */
const booleans: Readonly<Record<string, string>> = { t: 'true', f: 'false' };

/** A value as PostgreSQL writes it, dates in ISO form, booleans as words; null as nothing. */
export function cellText(value: CellValue, type: string): string {
  if (value === null) return '';
  if (typeof value === 'string') return type === 'boolean' ? (booleans[value] ?? value) : value;
  switch (typeFamily(type)) {
    case 'date':
      return dateText(Number(value));
    case 'timestamp':
      return timestampText(BigInt(value));
    case 'timestamptz':
      return withZone(timestampText(BigInt(value)));
    case 'float':
      if (Object.is(value, -0)) return '-0';
      return type === 'real' ? realText(Number(value)) : String(value);
    default:
      return String(value);
  }
}

function dateText(day: number): string {
  if (day === lastDay) return 'infinity';
  if (day === firstDay) return '-infinity';
  const { year, month, date } = civil(day);
  return year > 0 ? `${ymd(year, month, date)}` : `${ymd(1 - year, month, date)} BC`;
}

const ymd = (year: number, month: number, date: number) =>
  `${String(year).padStart(4, '0')}-${two(month)}-${two(date)}`;

const two = (value: number) => String(value).padStart(2, '0');

/** Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", civil_from_days: exact beyond the range of Date. */
function civil(day: number) {
  const z = day + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const date = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  return { year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, date };
}

function timestampText(micros: bigint): string {
  if (micros === lastMicro) return 'infinity';
  if (micros === -lastMicro - 1n) return '-infinity';
  const inDay = ((micros % dayMicros) + dayMicros) % dayMicros;
  const day = dateText(Number((micros - inDay) / dayMicros));
  const [date, era] = day.split(' ');
  return [date, timeText(Number(inDay)), era].filter(Boolean).join(' ');
}

function timeText(micros: number): string {
  const seconds = Math.floor(micros / 1e6);
  const fraction = micros % 1e6;
  const whole = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(two).join(':');
  return fraction === 0 ? whole : `${whole}.${String(fraction).padStart(6, '0').replace(/0+$/, '')}`;
}

const withZone = (text: string) =>
  text.endsWith('infinity') ? text : text.replace(/( BC)?$/, (era) => `+00${era}`);

/** The shortest text that gives the same single-precision number. */
function realText(value: number): string {
  for (let digits = 6; digits < 9; digits++) {
    const short = Number(value.toPrecision(digits));
    if (Math.fround(short) === value) return String(short);
  }
  return String(value);
}
