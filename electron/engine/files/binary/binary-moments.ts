import { valueClass } from '../cells/value-classes.ts';
import type { WriteCell } from './binary-numbers.ts';

const colon = 58;
const dash = 45;
export const daySeconds = 86_400;

/** Two digits; NaN where they are none. */
export function two(from: Uint8Array, at: number): number {
  const tens = (from[at] as number) - 48;
  const ones = (from[at + 1] as number) - 48;
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN;
}

const monthDays = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const isLeap = (year: number) => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

/** Days since 2000-01-01 of a day as ISO 8601 writes it; NaN where it is none. */
function dayAt(from: Uint8Array, at: number): number {
  if (from[at + 4] !== dash || from[at + 7] !== dash) return Number.NaN;
  const year = two(from, at) * 100 + two(from, at + 2);
  const month = two(from, at + 5);
  const day = two(from, at + 8);
  if (!(year >= 1)) return Number.NaN;
  return daysOf(year, month, day);
}

/** Days since 2000-01-01 of a day; NaN where the calendar has none. */
export function daysOf(year: number, month: number, day: number): number {
  if (!(month >= 1 && month <= 12 && day >= 1)) return Number.NaN;
  const last = month === 2 && isLeap(year) ? 29 : (monthDays[month - 1] as number);
  if (day > last) return Number.NaN;
  // Years that begin in March have their odd day at the end: days from civil, by Howard Hinnant.
  const shifted = month <= 2 ? year - 1 : year;
  const place = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const leaps = Math.floor(shifted / 4) - Math.floor(shifted / 100) + Math.floor(shifted / 400);
  return shifted * 365 + leaps + place - 730_425;
}

/** A time of day as it was read. */
const clock = { seconds: 0, micros: 0 };

/** Reads `23:59`, `23:59:59` or `23:59:59.123456`; false where it is none. */
function readClock(from: Uint8Array, start: number, end: number): boolean {
  const length = end - start;
  if (length < 5 || from[start + 2] !== colon) return false;
  const hour = two(from, start);
  const minute = two(from, start + 3);
  let second = 0;
  let micros = 0;
  if (length > 5) {
    if (length < 8 || from[start + 5] !== colon) return false;
    second = two(from, start + 6);
  }
  if (length > 8) {
    if (length === 9 || length > 15 || from[start + 8] !== 46) return false;
    for (let at = start + 9; at < start + 15; at++) {
      const digit = at < end ? (from[at] as number) - 48 : 0;
      if (!(digit >= 0 && digit <= 9)) return false;
      micros = micros * 10 + digit;
    }
  }
  if (!(hour <= 23 && minute <= 59 && second <= 59)) return false;
  clock.seconds = hour * 3600 + minute * 60 + second;
  clock.micros = micros;
  return true;
}

/** Days in ISO 8601. */
export const date: WriteCell = (from, start, end, to) => {
  const days = end - start === 10 ? dayAt(from, start) : Number.NaN;
  if (Number.isNaN(days)) return -1;
  to.int32(4);
  to.int32(days);
  return valueClass.date;
};

const isBetween = (byte: number | undefined) => byte === 32 || byte === 84;

/** Days with a time in ISO 8601, and days alone. */
export const timestamp: WriteCell = (from, start, end, to) => {
  const days = end - start >= 10 ? dayAt(from, start) : Number.NaN;
  if (Number.isNaN(days)) return -1;
  const alone = end - start === 10;
  if (!alone && !(isBetween(from[start + 10]) && readClock(from, start + 11, end))) return -1;
  to.int32(8);
  to.micros(days * daySeconds + (alone ? 0 : clock.seconds), alone ? 0 : clock.micros);
  return alone ? valueClass.date : valueClass.timestamp;
};

/** Days with a time and its zone: `Z`, `+02`, `+0200`, `+02:00`. */
export const timestamptz: WriteCell = (from, start, end, to) => {
  const days = end - start >= 17 ? dayAt(from, start) : Number.NaN;
  if (Number.isNaN(days) || !isBetween(from[start + 10])) return -1;
  let zone = start + 11;
  while (zone < end && from[zone] !== 90 && from[zone] !== 43 && from[zone] !== dash) zone++;
  const offset = offsetAt(from, zone, end);
  if (Number.isNaN(offset) || !readClock(from, start + 11, zone)) return -1;
  to.int32(8);
  to.micros(days * daySeconds + clock.seconds - offset, clock.micros);
  return valueClass.timestamptz;
};

function offsetAt(from: Uint8Array, at: number, end: number): number {
  const length = end - at;
  if (from[at] === 90) return length === 1 ? 0 : Number.NaN;
  const minutes =
    length === 3 ? 0 : length === 5 ? two(from, at + 3) : length === 6 ? two(from, at + 4) : Number.NaN;
  if (length === 6 && from[at + 3] !== colon) return Number.NaN;
  const hours = two(from, at + 1);
  if (!(hours <= 14 && minutes <= 59)) return Number.NaN;
  return (from[at] === dash ? -1 : 1) * (hours * 3600 + minutes * 60);
}

/** Times of a day. */
export const time: WriteCell = (from, start, end, to) => {
  if (!readClock(from, start, end)) return -1;
  to.int32(8);
  to.micros(clock.seconds, clock.micros);
  return valueClass.time;
};
