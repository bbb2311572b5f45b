import { isUtf8 } from 'node:buffer';
import { counted } from '../../../../shared/number-words.ts';
import type { FilePlaces } from '../encoding/decoded-places.ts';
import { startsWith } from '../encoding/line-breaks.ts';
import { type Found, recordText } from './read-records.ts';
import { seen } from './span.ts';
import type { Writing } from './writing.ts';

/** How a text is to be cut into rows. */
export interface Layout {
  readonly path: string;
  /** Where the records of the path stand in the file, if it is that of a copy. */
  readonly places: FilePlaces | undefined;
  readonly mark: number;
  readonly upTo: number;
  /** `upTo` is where the rows end. */
  readonly whole?: boolean | undefined;
  readonly writing: Writing;
  readonly skipLines: number;
  /** Records that name the columns. */
  readonly headerLines: number;
  /** Cells of a sound row. */
  readonly width: number;
  /** An empty line of a one-column file is a row with an empty cell. */
  readonly keepBlank: boolean;
  /** Records at the end that are no rows; found out where not given. */
  readonly footerLines?: number | undefined;
  /** Records that repeat the header are rows. */
  readonly keepRepeats?: boolean | undefined;
  /** True for a text that is no value of the first column. */
  readonly unlikeFirst?: ((text: string) => boolean) | undefined;
  /** The bytes of the header's records, with quotes and without: a record that repeats one is no row. */
  readonly header?: readonly Buffer[] | undefined;
}

export type RecordKind = 'good' | 'bad' | 'blank' | 'comment' | 'header';

/** What becomes of a record. */
export function kindOf(found: Found, layout: Layout): RecordKind {
  const { span } = found;
  if (span.flags & seen.comment) return 'comment';
  if (isBlank(found, layout.width)) return layout.keepBlank && layout.width === 1 ? 'good' : 'blank';
  if (!isSound(found, layout.width)) return 'bad';
  return layout.header && repeats(found, layout.header) ? 'header' : 'good';
}

const isSound = ({ buffer, span, clean }: Found, width: number): boolean =>
  span.cells === width &&
  (span.flags & (seen.nul | seen.openQuote)) === 0 &&
  (clean || isUtf8(buffer.subarray(span.start, span.end)));

function repeats({ buffer, span }: Found, header: readonly Buffer[]): boolean {
  const length = span.end - span.start;
  for (const line of header) if (line.length === length && startsWith(buffer, span.start, line)) return true;
  return false;
}

/** Nothing on the line, or nothing but spaces where more than one cell is expected. */
export function isBlank({ buffer, span }: Found, width: number): boolean {
  if (span.end === span.start) return true;
  if (width === 1 || span.cells > 1) return false;
  for (let at = span.start; at < span.end; at++) {
    if (buffer[at] !== 32 && buffer[at] !== 9) return false;
  }
  return true;
}

/** True where only the first cell of several holds anything: a note, written by a program that fills up its lines. */
export function isSparse({ buffer, span }: Found, { writing, width }: Layout): boolean {
  const { delimiter } = writing;
  if (width < 3 || buffer[span.end - 1] !== delimiter.at(-1)) return false;
  const from = span.end - (width - 1) * delimiter.length;
  if (from < span.start) return false;
  for (let at = from; at < span.end; at += delimiter.length) {
    if (!startsWith(buffer, at, delimiter)) return false;
  }
  return true;
}

/** Why a record is not sound, in words. */
export function faultOf(found: Found, width: number): string {
  const { flags, cells } = found.span;
  if (flags & seen.openQuote) return 'A quote on this line is not closed.';
  if (flags & seen.nul) return 'It holds a NUL byte, which PostgreSQL text cannot hold.';
  if (cells !== width)
    return `It has ${counted(cells, 'cell')} where ${width} ${width === 1 ? 'is' : 'are'} expected.`;
  return 'It holds bytes that are not valid UTF-8.';
}

const longestRaw = 100_000;

/** A record's text as a reject keeps it. */
export const rawText = (found: Pick<Found, 'buffer' | 'span'>): string => keptText(recordText(found));

/** PostgreSQL cannot hold NUL, and nobody reads more than 100,000 characters. */
export function keptText(record: string): string {
  const text = record.replaceAll('\0', '\ufffd');
  return text.length > longestRaw ? `${text.slice(0, longestRaw)}…` : text;
}
