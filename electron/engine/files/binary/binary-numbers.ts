import { isDay } from '../cells/day-numbers.ts';
import { mostKept, valueClass } from '../cells/value-classes.ts';
import type { BinaryPiece } from './binary-piece.ts';

/**
 * Writes a cell, its length before it, and gives its class; -1 where it is not exactly such a value, without spaces.
 * Nothing is written then that counts.
 */
export type WriteCell = (from: Uint8Array, start: number, end: number, to: BinaryPiece) => number;

const minus = 45;
const point = 46;
const zero = 48;
const isDigit = (byte: number | undefined) => byte !== undefined && byte >= 48 && byte <= 57;
const textOf = (from: Uint8Array, start: number, end: number) =>
  String.fromCharCode(...from.subarray(start, end));

/** Digits without a leading zero; -1 where it is anything else or longer than 15. */
function digits(from: Uint8Array, start: number, end: number): number {
  if (end === start || end - start > 15 || (from[start] === zero && end - start > 1)) return -1;
  let value = 0;
  for (let at = start; at < end; at++) {
    const byte = from[at] as number;
    if (byte < 48 || byte > 57) return -1;
    value = value * 10 + byte - 48;
  }
  return value;
}

const bounds = { smallint: 2 ** 15, integer: 2 ** 31, bigint: 2 ** 63 } as const;
const lengths = { smallint: 2, integer: 4, bigint: 8 } as const;

/** Whole numbers of this width. */
export function wholeNumber(type: keyof typeof bounds): WriteCell {
  const bound = bounds[type];
  const length = lengths[type];
  return (from, start, end, to) => {
    const negative = from[start] === minus;
    const size = digits(from, negative ? start + 1 : start, end);
    if (size < 0) return type === 'bigint' ? longNumber(from, start, end, to) : -1;
    const value = negative ? -size : size;
    if (value >= bound || value < -bound) return -1;
    to.int32(length);
    if (length === 4) to.int32(value);
    else if (length === 8) to.int64(value);
    else to.int16(value);
    return wholeClass(value);
  };
}

/** The class of a whole number. */
export const wholeClass = (value: number): number =>
  isDay(value)
    ? valueClass.dayNumber
    : value < 2 ** 31 && value >= -(2 ** 31)
      ? valueClass.integer
      : valueClass.bigint;

function longNumber(from: Uint8Array, start: number, end: number, to: BinaryPiece): number {
  const text = end - start > 20 ? '' : textOf(from, start, end);
  if (!/^-?[1-9][0-9]{15,18}$/.test(text)) return -1;
  const value = BigInt(text);
  if (BigInt.asIntN(64, value) !== value) return -1;
  to.int32(8);
  to.bigint(value);
  return valueClass.bigint;
}

const mostWhole = 12;
const mostDecimals = 12;
const padding = [1, 1000, 100, 10] as const;

/** Exact decimals that keep all their digits in so many places before and after the point. */
export function exactNumber(type: string): WriteCell {
  const [, precision = '1000', scale = '0'] = /\((\d+)(?:,\s*(\d+))?\)/.exec(type) ?? [];
  const before = type.includes('(') ? Number(precision) - Number(scale) : mostWhole;
  const after = type.includes('(') ? Number(scale) : mostDecimals;
  return (from, start, end, to) => {
    const negative = from[start] === minus;
    const first = negative ? start + 1 : start;
    let dot = first;
    while (dot < end && from[dot] !== point) dot++;
    const decimals = dot < end ? end - dot - 1 : 0;
    if (dot - first > Math.min(before, mostWhole) || decimals > Math.min(after, mostDecimals)) return -1;
    const whole = dot === first && decimals > 0 ? 0 : digits(from, first, dot);
    if (whole < 0 || (dot < end && decimals === 0)) return -1;
    if (!fraction(from, dot + 1, end)) return -1;
    numeric(to, negative, whole, from, dot + 1, decimals);
    if (decimals > 0) return decimalClass(from, first, dot, decimals, end - start);
    return wholeClass(negative ? -whole : whole);
  };
}

/** The class of a number whose digits before the point stand from `first` to `dot`. */
export function decimalClass(
  from: Uint8Array,
  first: number,
  dot: number,
  decimals: number,
  length: number,
): number {
  if (length > 18)
    return isWide(from, first, dot, decimals) ? valueClass.wideDecimal : valueClass.longDecimal;
  const grouped = decimals === 3 && dot > first && dot - first <= 3 && from[first] !== zero;
  return grouped ? valueClass.pointed : valueClass.decimal + decimals;
}

/** True where it has more digits than floating point numbers keep. */
function isWide(from: Uint8Array, first: number, dot: number, decimals: number): boolean {
  let at = first;
  while (from[at] === zero || at === dot) at++;
  const end = dot + 1 + decimals;
  return end - at - (at < dot ? 1 : 0) > mostKept;
}

function fraction(from: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (!isDigit(from[at])) return false;
  return true;
}

/** As numeric_send() writes it: base-10000 digits, weight of the first, sign, digits after the point. */
function numeric(
  to: BinaryPiece,
  negative: boolean,
  whole: number,
  from: Uint8Array,
  point: number,
  decimals: number,
): void {
  const groups = whole === 0 ? 0 : whole < 1e4 ? 1 : whole < 1e8 ? 2 : 3;
  const parts = Math.ceil(decimals / 4);
  to.int32(8 + 2 * (groups + parts));
  to.int16(groups + parts);
  to.int16(groups - 1);
  to.int16(negative ? 0x4000 : 0);
  to.int16(decimals);
  for (let group = groups - 1; group >= 0; group--) to.int16(Math.floor(whole / 1e4 ** group) % 1e4);
  for (let at = 0; at < decimals; at += 4) {
    const count = Math.min(4, decimals - at);
    let value = 0;
    for (let digit = 0; digit < count; digit++)
      value = value * 10 + (from[point + at + digit] as number) - zero;
    to.int16(value * (padding[count % 4] as number));
  }
}

const floating = /^-?(0|[1-9][0-9]*)?(\.[0-9]+)?([eE][-+]?[0-9]{1,3})?$/;

const wideMantissa = new RegExp(`^-?[0.]*[1-9](\\.?[0-9]){${mostKept},}\\.?[eE]`);

/** Numbers of which some have exponents. */
export const double: WriteCell = (from, start, end, to) => {
  const text = end - start > 24 ? '' : textOf(from, start, end);
  const value = Number(text);
  // Longer wholes may be beyond what bigint holds, which is a class of its own.
  if (/^-?[0-9]{16}/.test(text) || (text.length > mostKept && wideMantissa.test(text))) return -1;
  if (!floating.test(text) || !/[0-9]/.test(text) || !isSafe(value)) return -1;
  to.int32(8);
  to.double(value);
  if (/[eE]/.test(text))
    return /^[0-9]+[eE][0-9]+$/.test(text) ? valueClass.exponentCode : valueClass.exponent;
  const dot = text.indexOf('.');
  const first = text[0] === '-' ? start + 1 : start;
  if (dot >= 0) return decimalClass(from, first, start + dot, text.length - dot - 1, text.length);
  return wholeClass(value);
};

/** Neither beyond what doubles hold nor, but for zero, so near to it that PostgreSQL may refuse it. */
const isSafe = (value: number) => Number.isFinite(value) && (value === 0 || Math.abs(value) > 1e-300);
