import { innerKind, signBase } from '../cells/signs.ts';
import { truthKind } from '../cells/truth-words.ts';
import { valueClass } from '../cells/value-classes.ts';
import { written } from '../cells/written-numbers.ts';
import { exactNumber, type WriteCell } from './binary-numbers.ts';
import { bareNumber, gapAt, signedNumber } from './sign-bytes.ts';

const [minus, point, comma, zero] = [45, 46, 44, 48];

/** A number on its way to plain digits. */
const plain = { bytes: new Uint8Array(64), length: 0, groups: 0, gaps: 0, whole: 0, decimals: -1 };
const longest = 40;

/** Reads the digits of a number without its sign into `plain`; false where it is not written by the rules. */
function readDigits(from: Uint8Array, start: number, end: number, decimal: number): boolean {
  const between = decimal === point ? comma : point;
  let sinceMark = -1;
  let at = start;
  for (; at < end && from[at] !== decimal; ) {
    const byte = from[at] as number;
    if (byte >= 48 && byte <= 57) {
      plain.bytes[plain.length++] = byte;
      plain.whole++;
      sinceMark++;
      at++;
      continue;
    }
    const gap = byte === between ? 1 : gapAt(from, at);
    const fits = plain.groups + plain.gaps === 0 ? plain.whole >= 1 && plain.whole <= 3 : sinceMark === 3;
    if (gap === 0 || !fits) return false;
    if (byte === between) plain.groups++;
    else plain.gaps++;
    sinceMark = 0;
    at += gap;
  }
  const grouped = plain.groups + plain.gaps > 0;
  if (grouped && (sinceMark !== 3 || plain.bytes[plain.length - plain.whole] === zero)) return false;
  return at === end || readDecimals(from, at + 1, end);
}

function readDecimals(from: Uint8Array, start: number, end: number): boolean {
  plain.bytes[plain.length++] = point;
  plain.decimals = end - start;
  for (let at = start; at < end; at++) {
    const byte = from[at] as number;
    if (byte < 48 || byte > 57) return false;
    plain.bytes[plain.length++] = byte;
  }
  return end > start;
}

/** How the number in `plain` is written: 0 for digits alone, 1 to 39 for decimals behind a point, or a class. */
function wayOf(decimal: number): number {
  const { groups, gaps, decimals, whole } = plain;
  const fraction = decimals > 0;
  if (groups > 0 && gaps > 0) return -1;
  if (gaps > 0) return !fraction ? written.gaps : decimal === point ? written.gapsPoint : written.gapsComma;
  if (groups > 1 || (groups === 1 && fraction)) return decimal === point ? written.commas : written.points;
  if (groups === 1) return decimal === point ? written.unsure : pointedThree;
  if (!fraction) return 0;
  if (decimal === point) return decimals;
  const first = plain.bytes[plain.length - decimals - 1 - whole];
  return decimals === 3 && whole >= 1 && whole <= 3 && first !== zero
    ? written.unsure
    : whole > 0
      ? written.comma
      : -1;
}

/** Three digits behind a point, which stands between thousands. */
const pointedThree = -3;

function reset(negative: boolean): void {
  plain.length = 0;
  if (negative) plain.bytes[plain.length++] = minus;
  plain.groups = plain.gaps = plain.whole = 0;
  plain.decimals = -1;
}

/** Numbers with a decimal comma or marks between thousands, with a sign of their own or none. */
export function numberWriter(type: string, format: string): WriteCell {
  const exact = exactNumber(type);
  const decimal = format.startsWith(',') ? comma : point;
  const sign = format.slice(2);
  const base = sign ? signBase(sign) : -1;
  const find = sign ? signedNumber(sign) : bareNumber;
  return (from, start, end, to) => {
    const found = end - start > longest ? undefined : find(from, start, end);
    if (!found) return -1;
    reset(found.negative);
    if (!readDigits(from, found.first, found.last, decimal)) return -1;
    const way = wayOf(decimal);
    const kind = way === -1 ? -1 : exact(plain.bytes, 0, plain.length, to);
    if (kind < 0) return -1;
    if (base >= 0) return base + innerKind(way, way === pointedThree || isThree(way));
    if (way === pointedThree || isThree(way)) return valueClass.pointed;
    if (way >= written.comma || way === 0) return way === 0 ? kind : way;
    if (end - start > 18) return kind === valueClass.wideDecimal ? kind : valueClass.longDecimal;
    return valueClass.decimal + way;
  };
}

/** Up to three digits, not beginning with a zero, before three decimals: the point may stand between thousands. */
const isThree = (way: number) =>
  way === 3 && plain.whole >= 1 && plain.whole <= 3 && plain.bytes[plain.length - 4 - plain.whole] !== zero;

/** A word of a pair for true and false, in the usual ways to write it. */
export function truthWriter(format: string): WriteCell {
  const [yes = '', no = ''] = format.split('|');
  const words = [
    ...waysToWrite(yes, truthKind(yes), 1),
    ...waysToWrite(no, truthKind(no), 0),
    ...waysToWrite('true', valueClass.boolean, 1),
    ...waysToWrite('false', valueClass.boolean, 0),
  ];
  return (from, start, end, to) => {
    for (const { bytes, kind, value } of words) {
      if (bytes.length !== end - start || !isSame(from, start, bytes)) continue;
      to.int32(1);
      to.bytes[to.size++] = value;
      return kind;
    }
    return -1;
  };
}

function waysToWrite(word: string, kind: number, value: number) {
  const capital = word.slice(0, 1).toUpperCase() + word.slice(1);
  return [...new Set([word, capital, word.toUpperCase()])].map((way) => ({
    bytes: Buffer.from(way),
    kind,
    value,
  }));
}

function isSame(from: Uint8Array, start: number, bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at++) if (from[start + at] !== bytes[at]) return false;
  return true;
}
