import { accountingSign } from '../cells/accounting.ts';
import { valueClass } from '../cells/value-classes.ts';
import { date, time, timestamp, timestamptz } from './binary-moments.ts';
import { double, exactNumber, type WriteCell, wholeNumber } from './binary-numbers.ts';
import { namesMembersOnce } from './json-members.ts';
import { isSureWord } from './sure-words.ts';
import { momentWriter } from './written-moments.ts';
import { numberWriter, truthWriter } from './written-values.ts';

const { empty, text: words, unsorted, code } = valueClass;

/** Any text; `unsorted` where it is not plain at once that it is words. */
const text: WriteCell = (from, start, end, to) => {
  to.int32(end - start);
  to.copy(from, start, end);
  if (start === end) return empty;
  if (isSureWord(from, start, end)) return words;
  return isCode(from, start, end) ? code : unsorted;
};

/** True for digits that begin with a zero or a plus: they name something. */
export function isCode(from: Uint8Array, start: number, end: number): boolean {
  const plus = from[start] === 43;
  if (end - start < 2 || end - start > 64 || !(plus || from[start] === 48)) return false;
  for (let at = plus ? start + 1 : start; at < end; at++) {
    const byte = from[at] as number;
    if (byte < 48 || byte > 57) return false;
  }
  return true;
}

const isWord = (from: Uint8Array, start: number, end: number, word: string) => {
  if (end - start !== word.length) return false;
  for (let at = 0; at < word.length; at++) {
    // Letters differ from their capitals in one bit.
    if (((from[start + at] as number) | 32) !== word.charCodeAt(at)) return false;
  }
  return true;
};

const boolean: WriteCell = (from, start, end, to) => {
  const yes = isWord(from, start, end, 'true');
  if (!yes && !isWord(from, start, end, 'false')) return -1;
  to.int32(1);
  to.bytes[to.size++] = yes ? 1 : 0;
  return valueClass.boolean;
};

function hexAt(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48;
  const letter = (byte | 32) - 87;
  return letter >= 10 && letter <= 15 ? letter : -1;
}

const uuid: WriteCell = (from, start, end, to) => {
  if (end - start !== 36) return -1;
  to.int32(16);
  for (let at = 0; at < 36; at += 2) {
    if (at === 8 || at === 13 || at === 18 || at === 23) {
      if (from[start + at] !== 45) return -1;
      at++;
    }
    const high = hexAt(from[start + at] as number);
    const low = hexAt(from[start + at + 1] as number);
    if (high < 0 || low < 0) return -1;
    to.bytes[to.size++] = high * 16 + low;
  }
  return valueClass.uuid;
};

/** What follows the bracket is left to PostgreSQL, which refuses the piece where it is not JSON. */
const json: WriteCell = (from, start, end, to) => {
  if ((from[start] !== 123 && from[start] !== 91) || !namesMembersOnce(from, start, end)) return -1;
  to.int32(end - start + 1);
  to.bytes[to.size++] = 1;
  to.copy(from, start, end);
  return valueClass.json;
};

const writers: Readonly<Record<string, WriteCell>> = {
  text,
  boolean,
  uuid,
  date,
  smallint: wholeNumber('smallint'),
  integer: wholeNumber('integer'),
  bigint: wholeNumber('bigint'),
  'double precision': double,
  'timestamp without time zone': timestamp,
  'timestamp with time zone': timestamptz,
  'time without time zone': time,
  jsonb: json,
};

const isExact = (type: string) => /^numeric(\(\d+(,\s*\d+)?\))?$/.test(type);

/** Writes the cells of a column of this type for a binary COPY; none where that is left to others. */
export function cellWriter(type: string, format?: string): WriteCell | undefined {
  if (!format) return writers[type] ?? (isExact(type) ? exactNumber(type) : undefined);
  if (type === 'boolean') return truthWriter(format);
  if (type === 'date') return momentWriter(format, false);
  if (type === 'timestamp without time zone') return momentWriter(format, true);
  return isExact(type) && !format.endsWith(accountingSign) ? numberWriter(type, format) : undefined;
}
