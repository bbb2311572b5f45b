import { isCode } from '../cells/signs.ts';

const [minus, space, quote, open, close] = [45, 32, 39, 40, 41];

/** Where the digits of a number stand in a cell, and whether it is below zero. */
export interface Bare {
  negative: boolean;
  first: number;
  last: number;
}

/** One object for all cells. */
const bare: Bare = { negative: false, first: 0, last: 0 };

/** Bytes of a space or an apostrophe, as they stand between thousands; 0 where there is none. */
export function gapAt(from: Uint8Array, at: number): number {
  const byte = from[at];
  if (byte === space || byte === quote) return 1;
  if (byte === 0xc2) return from[at + 1] === 0xa0 ? 2 : 0;
  if (byte !== 0xe2 || from[at + 1] !== 0x80) return 0;
  return from[at + 2] === 0xaf || from[at + 2] === 0x99 ? 3 : 0;
}

/** Bytes of a space before or behind a sign. */
function spaceAt(from: Uint8Array, at: number): number {
  const length = gapAt(from, at);
  return from[at] === quote || from[at + 2] === 0x99 ? 0 : length;
}

function spaceBefore(from: Uint8Array, at: number): number {
  if (from[at - 1] === space) return 1;
  return spaceAt(from, at - 2) === 2 ? 2 : spaceAt(from, at - 3) === 3 ? 3 : 0;
}

/** A number with a minus at most. */
export function bareNumber(from: Uint8Array, start: number, end: number): Bare {
  bare.negative = from[start] === minus;
  bare.first = bare.negative ? start + 1 : start;
  bare.last = end;
  return bare;
}

const standsAt = (from: Uint8Array, at: number, bytes: Uint8Array) =>
  at >= 0 && bytes.every((byte, place) => from[at + place] === byte);

/** Numbers with this sign before or behind them; undefined where it does not stand there. */
export function signedNumber(
  sign: string,
): (from: Uint8Array, start: number, end: number) => Bare | undefined {
  const bytes = Buffer.from(sign);
  const spaced = isCode(sign);
  return (from, start, end) => {
    const bracketed = from[start] === open && from[end - 1] === close;
    bare.first = bracketed ? start + 1 : start;
    bare.last = bracketed ? end - 1 : end;
    bare.negative = from[bare.first] === minus;
    if (bare.negative) bare.first++;
    const before = bare.first + spaceAt(from, bare.first);
    if (standsAt(from, before, bytes)) {
      const gap = spaceAt(from, before + bytes.length);
      bare.first = before + bytes.length + gap;
      if (spaced && gap === 0) return undefined;
      if (from[bare.first] === minus) {
        if (bare.negative) return undefined;
        bare.negative = true;
        bare.first++;
      }
    } else {
      bare.last -= bytes.length;
      if (!standsAt(from, bare.last, bytes)) return undefined;
      bare.last -= spaceBefore(from, bare.last);
    }
    if (bracketed && bare.negative) return undefined;
    bare.negative ||= bracketed;
    return bare;
  };
}
