import { isUtf8 } from 'node:buffer';
import { type Found, type Place, readRecords, recordText } from './read-records.ts';
import { seen, type Writing } from './scan-records.ts';

/** How a text is to be cut into rows. */
export interface Layout {
  readonly path: string;
  readonly mark: number;
  readonly upTo: number;
  readonly writing: Writing;
  readonly skipLines: number;
  readonly header: boolean;
  /** Cells of a sound row. */
  readonly width: number;
  /** An empty line of a one-column file is a row with an empty cell. */
  readonly keepBlank: boolean;
}

/** What a look at every record found. physical = good + bad + blank + preamble + header. */
export interface Survey {
  readonly physical: number;
  readonly good: number;
  readonly bad: number;
  readonly blank: number;
  readonly preamble: number;
  readonly header: number;
  /** True where a strict reader reads what was looked at as it is, after `header` lines. */
  readonly plain: boolean;
  readonly newline: '\n' | '\r\n';
  readonly start: Place;
  /** The header as it stands in the file. */
  readonly headerText: string;
  /** Every `stride`-th good record's place, from the first. */
  readonly places: readonly Place[];
  /** Bytes of the longest record. */
  readonly longest: number;
  /** Where the data stop. */
  readonly end: Place;
}

/** Good records between two remembered places. */
export const stride = 1024;

/** Whoever wants to see every record while it is counted, so that the file is gone through once. */
export interface Passenger {
  record(found: Found, kind: Kind): void;
  /** Awaited after each piece of the file: holds the reading up as long as it has not caught up. */
  piece(): Promise<void>;
}

interface Hooks {
  readonly signal?: AbortSignal | undefined;
  readonly onBytes?: (done: number) => void;
  readonly passenger?: Passenger | undefined;
}

interface Beginning {
  /** Where the first record stands, after mark, preamble and header. */
  readonly start: Place;
  readonly preamble: number;
  readonly blank: number;
  readonly header: number;
  readonly headerText: string;
}

async function readBeginning(layout: Layout): Promise<Beginning> {
  const { path, writing, skipLines, mark } = layout;
  let place: Place = { offset: mark, line: 1 };
  let preamble = 0;
  if (skipLines > 0) {
    const lines = { ...writing, quote: -1, escape: -1 };
    place = await readRecords({ path, writing: lines, from: place }, () => ++preamble < skipLines);
  }
  let blank = 0;
  let header = 0;
  let headerText = '';
  if (!layout.header) return { start: place, preamble, blank, header, headerText };
  place = await readRecords({ path, writing, from: place }, (found) => {
    if (isBlank(found, 2)) blank++;
    else {
      header++;
      headerText = recordText(found);
    }
    return header === 0;
  });
  return { start: place, preamble, blank, header, headerText };
}

/** Looks at every record once: counts, and whether DuckDB may read the file as it is. */
export async function surveyFile(
  layout: Layout,
  { signal, onBytes, passenger }: Hooks = {},
): Promise<Survey> {
  const before = await readBeginning(layout);
  const { path, writing, upTo } = layout;
  const count = { good: 0, bad: 0, blank: before.blank, odd: 0, lf: 0, crlf: 0, longest: 0 };
  const places: Place[] = [];
  const onPiece = (offset: number) => {
    onBytes?.(offset);
    return passenger?.piece();
  };
  const end = await readRecords({ path, writing, upTo, from: before.start, signal, onPiece }, (found) => {
    const { span, offset } = found;
    if (span.flags & seen.lf) count.lf++;
    if (span.flags & seen.crlf) count.crlf++;
    count.longest = Math.max(count.longest, span.next - span.start);
    const kind = kindOf(found, layout);
    if (kind === 'good' && count.good % stride === 0) {
      places.push({ offset: offset + span.start, line: span.line });
    }
    if (kind === 'good' && span.flags & seen.odd) count.odd++;
    count[kind]++;
    passenger?.record(found, kind);
    return undefined;
  });
  const { good, bad, blank, longest } = count;
  const { preamble, header, headerText, start } = before;
  const plain = isPlain(layout, before.start, { ...count, preamble });
  const newline = count.crlf > 0 ? '\r\n' : '\n';
  const physical = good + bad + blank + preamble + header;
  return {
    physical,
    good,
    bad,
    blank,
    preamble,
    header,
    plain,
    newline,
    start,
    headerText,
    places,
    longest,
    end,
  };
}

interface Counted {
  readonly bad: number;
  readonly blank: number;
  readonly odd: number;
  readonly lf: number;
  readonly crlf: number;
  readonly preamble: number;
}

function isPlain(layout: Layout, start: Place, { bad, blank, odd, lf, crlf, preamble }: Counted): boolean {
  const { writing, mark, header } = layout;
  const sound = bad + blank + odd + preamble === 0 && (lf === 0 || crlf === 0);
  const simple =
    writing.delimiter.length === 1 && writing.quote === writing.escape && !writing.carriageReturn;
  const beginning = start.line === (header ? 2 : 1) && (mark === 0 || header);
  return sound && simple && beginning;
}

export type Kind = 'good' | 'bad' | 'blank';

/** What becomes of a record. */
export function kindOf(found: Found, layout: Layout): Kind {
  if (isBlank(found, layout.width)) return layout.keepBlank && layout.width === 1 ? 'good' : 'blank';
  return isSound(found, layout.width) ? 'good' : 'bad';
}

const faults = seen.textAfterQuote | seen.nul | seen.openQuote;

const isSound = ({ buffer, span, clean }: Found, width: number): boolean =>
  span.cells === width &&
  (span.flags & faults) === 0 &&
  (clean || isUtf8(buffer.subarray(span.start, span.end)));

/** Nothing on the line, or nothing but spaces where more than one cell is expected. */
function isBlank({ buffer, span }: Found, width: number): boolean {
  if (span.end === span.start) return true;
  if (width === 1 || span.cells > 1) return false;
  for (let at = span.start; at < span.end; at++) {
    if (buffer[at] !== 32 && buffer[at] !== 9) return false;
  }
  return true;
}

/** Why a record is not sound, in words. */
export function faultOf(found: Found, width: number): string {
  const { flags, cells } = found.span;
  if (flags & seen.openQuote) return 'A quote on this line is not closed.';
  if (flags & seen.textAfterQuote) return 'Text stands between a closing quote and the next delimiter.';
  if (flags & seen.nul) return 'It holds a NUL byte, which PostgreSQL text cannot hold.';
  if (cells !== width)
    return `It has ${plural(cells, 'cell')} where ${width} ${width === 1 ? 'is' : 'are'} expected.`;
  return 'It holds bytes that are not valid UTF-8.';
}

const plural = (count: number, word: string) =>
  `${count.toLocaleString('en-US')} ${word}${count === 1 ? '' : 's'}`;

const longestRaw = 100_000;

/** A record's text as a reject keeps it: PostgreSQL cannot hold NUL, and nobody reads more than 100,000 characters. */
export function rawText(found: Pick<Found, 'buffer' | 'span'>): string {
  const text = recordText(found).replaceAll('\0', '\ufffd');
  return text.length > longestRaw ? `${text.slice(0, longestRaw)}…` : text;
}
