import { truthWords } from '../cells/truth-words.ts';

/** Words that stand for no value or for a truth: they may make a column something else than text. */
const doubtful = new Set(['true', 'false', 'null', 'na', 'n/a', 'nan', 'none', 'nil', ...truthWords]);
const longestDoubtful = 6;

const space = 32;
const isLetter = (byte: number) => (byte >= 65 && byte <= 90) || (byte >= 97 && byte <= 122);
const isDigit = (byte: number | undefined) => byte !== undefined && byte >= 48 && byte <= 57;

/** Bytes of UTF-8 that begin signs rather than letters: currencies, dashes, spaces. */
const isSign = (byte: number) => byte < 0x80 || byte === 0xc2 || byte === 0xe2;

/**
 * True for a cell that is a word and can be nothing else: no number, date, address or truth begins so. False says
 * nothing. A look at a few bytes, because every cell of every text column is asked.
 */
export function isSureWord(from: Uint8Array, start: number, end: number): boolean {
  const first = from[start] as number;
  if (start === end) return false;
  if (!isLetter(first)) return !isSign(first);
  const length = end - start;
  // A UUID has as many characters.
  if ((length >= 36 && length <= 38) || from[end - 1] === space) return false;
  let at = start + 1;
  while (at < end && isLetter(from[at] as number)) at++;
  const letters = at - start;
  if (letters <= longestDoubtful && length <= longestDoubtful && isDoubtful(from, start, end)) return false;
  const next = from[at];
  // `R$ 5`.
  if (next === 36) return false;
  // `fe80::1`.
  if (letters <= 4 && hasColon(from, at, Math.min(end, start + 5))) return false;
  // `CHF -4.25`.
  if (next === space && from[at + 1] === 45 && letters <= 3) return false;
  // `Mar 5, 2024`.
  if (next !== space || !isDigit(from[at + 1])) return true;
  return letters > 9 || (letters > 3 && isDigit(from[at + 2]) && isDigit(from[at + 3]));
}

function hasColon(from: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (from[at] === 58) return true;
  return false;
}

function isDoubtful(from: Uint8Array, start: number, end: number): boolean {
  let text = '';
  for (let at = start; at < end; at++) text += String.fromCharCode(from[at] as number);
  return doubtful.has(text.toLowerCase());
}
