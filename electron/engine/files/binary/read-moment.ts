import { clockFormats } from '../cells/moment-shapes.ts';
import { two } from './binary-moments.ts';

const [slash, dash, point, space, colon, comma] = [47, 45, 46, 32, 58, 44];
const isDigit = (byte: number | undefined) => byte !== undefined && byte >= 48 && byte <= 57;
const isLetter = (byte: number | undefined) => byte !== undefined && (byte | 32) >= 97 && (byte | 32) <= 122;

const months = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
];

/** What is read of a cell: numbers, and how far. */
export const read = { year: 0, month: 0, day: 0, at: 0, seconds: 0, micros: 0, clock: -1 };

/** One or two digits (or as many as wanted) from `read.at` on; -1 where there are others. */
export function digits(from: Uint8Array, end: number, most: number): number {
  let value = 0;
  const start = read.at;
  while (read.at < end && isDigit(from[read.at])) value = value * 10 + (from[read.at++] as number) - 48;
  const length = read.at - start;
  return length === 0 || length > most ? -1 : value;
}

function monthName(from: Uint8Array, end: number): number {
  const start = read.at;
  while (read.at < end && isLetter(from[read.at])) read.at++;
  const word = String.fromCharCode(...from.subarray(start, read.at)).toLowerCase();
  const found = months.findIndex((name) => name === word || (word.length === 3 && name.startsWith(word)));
  return found < 0 ? -1 : found + 1;
}

/** 31/12/2024, as most days are written that are not ISO 8601: the same as by the rules, in a third of the time. */
function usualDay(from: Uint8Array, end: number): string | undefined {
  const start = read.at;
  const mark = from[start + 2];
  if (end - start < 10 || mark !== from[start + 5] || isDigit(from[start + 10])) return undefined;
  const day = two(from, start);
  const month = two(from, start + 3);
  const year = two(from, start + 6) * 100 + two(from, start + 8);
  const ways = Number.isNaN(day + month + year) ? undefined : dayWays[mark as number];
  if (!ways) return undefined;
  read.day = day;
  read.month = month;
  read.year = year;
  read.at = start + 10;
  return ways.dayFirst;
}

/** Reads the day at the start of a cell; gives the format it is written in, the day before the month, or nothing. */
export function dayFormat(from: Uint8Array, end: number): string | undefined {
  const usual = usualDay(from, end);
  if (usual) return usual;
  if (isLetter(from[read.at])) return namedFirst(from, end);
  const start = read.at;
  const one = digits(from, end, 4);
  const length = read.at - start;
  const mark = from[read.at++];
  if (one < 0) return undefined;
  if (length <= 2 && isLetter(from[read.at])) return namedSecond(from, end, one, mark);
  const two = digits(from, end, 2);
  const ways = two < 0 || mark === undefined ? undefined : dayWays[mark];
  if (!ways || from[read.at++] !== mark) return undefined;
  const last = read.at;
  const three = digits(from, end, 4);
  if (three < 0) return undefined;
  if (length === 4) {
    read.year = one;
    read.month = two;
    read.day = three;
    const full = last - start === 8 && read.at - last === 2;
    return read.at - last <= 2 && (full || mark !== dash) ? ways.yearFirst : undefined;
  }
  read.day = one;
  read.month = two;
  const year = length <= 2 ? yearOf(three, read.at - last) : undefined;
  return year && (year === '%Y' ? ways.dayFirst : ways.shortYear);
}

const waysWith = (sign: string) => ({
  yearFirst: `%Y${sign}%m${sign}%d`,
  dayFirst: `%d${sign}%m${sign}%Y`,
  shortYear: `%d${sign}%m${sign}%y`,
});

/** Formats of days by the mark between their parts: made once, because millions of cells ask. */
const dayWays: Readonly<Record<number, ReturnType<typeof waysWith>>> = {
  [slash]: waysWith('/'),
  [dash]: waysWith('-'),
  [point]: waysWith('.'),
};

function yearOf(year: number, length: number): string | undefined {
  read.year = length === 2 ? year + (year < 69 ? 2000 : 1900) : year;
  return length === 4 ? '%Y' : length === 2 ? '%y' : undefined;
}

function namedSecond(
  from: Uint8Array,
  end: number,
  day: number,
  mark: number | undefined,
): string | undefined {
  read.day = day;
  read.month = monthName(from, end);
  if (read.month < 0 || (mark !== space && mark !== dash) || from[read.at++] !== mark) return undefined;
  const start = read.at;
  const sign = mark === space ? ' ' : '-';
  const year = yearOf(digits(from, end, 4), read.at - start);
  return year && `%d${sign}%b${sign}${year}`;
}

function namedFirst(from: Uint8Array, end: number): string | undefined {
  read.month = monthName(from, end);
  if (read.month < 0 || from[read.at++] !== space) return undefined;
  read.day = digits(from, end, 2);
  if (read.day < 0 || from[read.at] !== comma || from[read.at + 1] !== space) return undefined;
  read.at += 2;
  const start = read.at;
  return yearOf(digits(from, end, 4), read.at - start) === '%Y' ? '%b %d, %Y' : undefined;
}

/** Reads ` 9:05`, ` 09:05:01.5` or ` 9:05 PM` up to the end; false where it is anything else. */
export function readClock(from: Uint8Array, end: number): boolean {
  read.at++;
  let hour = digits(from, end, 2);
  if (hour < 0 || from[read.at++] !== colon) return false;
  const minute = pair(from, end);
  const seconds = from[read.at] === colon;
  if (seconds) read.at++;
  const second = seconds ? pair(from, end) : 0;
  const fraction = seconds && from[read.at] === point;
  if (fraction && !readFraction(from, end)) return false;
  if (!fraction) read.micros = 0;
  const half = halfOf(from, end);
  if (half === undefined || !(minute >= 0 && minute <= 59 && second >= 0 && second <= 59)) return false;
  if (half.name !== '') {
    if (hour < 1 || hour > 12) return false;
    hour = (hour % 12) + half.hours;
  }
  read.clock = half.clocks[fraction ? 2 : seconds ? 1 : 0] as number;
  read.seconds = hour * 3600 + minute * 60 + second;
  return hour <= 23;
}

function pair(from: Uint8Array, end: number): number {
  const start = read.at;
  const value = digits(from, end, 2);
  return read.at - start === 2 ? value : -1;
}

function readFraction(from: Uint8Array, end: number): boolean {
  const start = ++read.at;
  const value = digits(from, end, 6);
  read.micros = value * 10 ** (6 - (read.at - start));
  return value >= 0;
}

/** The places of the formats of a time with this at its end: without seconds, with them, with a part of one. */
const clocksWith = (half: string) =>
  ['', ':%S', ':%S.%f'].map((rest) => clockFormats.indexOf(`${half === '' ? '%H' : '%I'}:%M${rest}${half}`));

interface Half {
  readonly name: string;
  readonly hours: number;
  readonly clocks: readonly number[];
}

const none: Half = { name: '', hours: 0, clocks: clocksWith('') };
const halves = [0, 12].map((hours) =>
  ['%p', ' %p'].map((name): Half => ({ name, hours, clocks: clocksWith(name) })),
);

/** The half of the day that is said at the end of a cell; undefined where something else stands there. */
function halfOf(from: Uint8Array, end: number): Half | undefined {
  if (read.at === end) return none;
  const gap = from[read.at] === space ? 1 : 0;
  const letter = (from[read.at + gap] as number) | 32;
  const isHalf = (letter === 97 || letter === 112) && ((from[read.at + gap + 1] as number) | 32) === 109;
  if (!isHalf || read.at + gap + 2 !== end) return undefined;
  return halves[letter === 112 ? 1 : 0]?.[gap];
}
