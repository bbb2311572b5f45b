import type { TablePlace } from '../../../../shared/contract/files.ts';
import type { CountedClasses } from '../cells/count-classes.ts';
import { Count } from './count-records.ts';
import type { FirstRecords } from './first-records.ts';
import { type Beginning, type HeaderLine, readBeginning } from './read-beginning.ts';
import { type Found, type Place, readRecords } from './read-records.ts';
import type { Layout, RecordKind } from './record-kinds.ts';
import { splitRecord } from './split-record.ts';
import type { Ending } from './tail.ts';
import { marksOf } from './writing.ts';

/** What a look at every record found. physical = good + bad + all kinds that are skipped. */
export interface Survey {
  /** As it was asked for, now with the end of the rows. */
  readonly layout: Layout;
  readonly physical: number;
  readonly good: number;
  readonly bad: number;
  readonly skipped: Readonly<Record<SkippedKind, number>>;
  /** True where a strict reader reads what was looked at as it is, after the header. */
  readonly plain: boolean;
  readonly newline: '\n' | '\r\n';
  readonly lineEnds: 'LF' | 'CRLF' | 'CR' | 'mixed';
  readonly start: Place;
  readonly header: readonly HeaderLine[];
  /** Of records that are no rows, the first ones. */
  readonly aside: FirstRecords;
  /** Records between the rows that repeat the header. */
  readonly repeats: number;
  /** Every `stride`-th good record's place, from the first. */
  readonly places: readonly Place[];
  /** Bytes of the longest record. */
  readonly longest: number;
  readonly otherTables: readonly TablePlace[];
  /** The line from which on nothing is a row; none where rows go to the end. */
  readonly endLine: number | undefined;
  /** Bytes of records that are not UTF-8, the first of them. */
  readonly foreign: Buffer;
}

type SkippedKind = 'header' | 'blank' | 'preamble' | 'comment' | 'footer' | 'otherTable';

/** Whoever wants to see every record while it is counted, so that the file is gone through once. */
export interface Passenger {
  /** Told before the first record how the file is cut. */
  begin?(layout: Layout): void;
  record(found: Found, kind: RecordKind): void;
  /** Awaited after each piece of the file: holds the reading up as long as it has not caught up. */
  piece(): Promise<void>;
  /** Awaited when all records were seen. */
  end(): Promise<void>;
  /** What the cells it saw read like, in the columns of which it is sure; nothing where it saw not all. */
  counted(): CountedClasses | undefined;
}

interface Hooks {
  readonly signal?: AbortSignal | undefined;
  readonly onBytes?: (done: number) => void;
  readonly passenger?: Passenger | undefined;
}

/** Looks at every record once: counts, where the rows end, and whether DuckDB may read the file as it is. */
export async function surveyFile(asked: Layout, { signal, onBytes, passenger }: Hooks = {}): Promise<Survey> {
  const before = await readBeginning(asked);
  const repeated =
    asked.width > 1 && !asked.keepRepeats ? before.header.flatMap((line) => spellings(line, asked)) : [];
  const header = repeated.length > 0 ? repeated : undefined;
  const layout = { ...asked, header };
  const { path, writing, upTo } = layout;
  const count = new Count(layout, before.aside);
  passenger?.begin?.(layout);
  const onPiece = (offset: number) => {
    onBytes?.(offset);
    return passenger?.piece();
  };
  await readRecords({ path, writing, upTo, from: before.start, signal, onPiece }, (found) => {
    const kind = count.add(found);
    passenger?.record(found, kind);
    return undefined;
  });
  await passenger?.end();
  const ending = upTo === Number.POSITIVE_INFINITY ? count.ending : undefined;
  return surveyOf(layout, before, count, ending);
}

/** A record of the header as it stands, with quotes around each cell, and with none. */
function spellings({ text, mend }: HeaderLine, { writing }: Layout): Buffer[] {
  const marks = { ...marksOf(writing), delimiter: Buffer.from(writing.delimiter).toString() };
  const cells = splitRecord(text, marks, mend).map((cell) => cell.text);
  const { delimiter, quote } = marks;
  const bare = cells.join(delimiter);
  const isPlain = quote !== '' && !cells.some((cell) => cell.includes(quote) || cell.includes(delimiter));
  const quoted = cells.map((cell) => quote + cell + quote).join(delimiter);
  return [...new Set(isPlain ? [text, bare, quoted] : [text])].map((spelled) => Buffer.from(spelled));
}

function surveyOf(layout: Layout, before: Beginning, count: Count, ending: Ending | undefined): Survey {
  const { kinds, places, longest, foreign } = count;
  const { preamble, start, header, aside } = before;
  const good = kinds.good - (ending?.counted.good ?? 0);
  const bad = kinds.bad - (ending?.counted.bad ?? 0);
  const skipped = {
    header: header.length + kinds.header,
    blank: before.blank + kinds.blank - (ending?.counted.blank ?? 0),
    preamble,
    comment: before.comment + kinds.comment,
    footer: ending?.footer ?? 0,
    otherTable: ending?.otherTable ?? 0,
  };
  const passed = Object.values(skipped).reduce((sum, records) => sum + records, 0);
  return {
    layout: ending ? { ...layout, upTo: ending.place.offset, whole: true } : layout,
    physical: good + bad + passed,
    good,
    bad,
    skipped,
    plain: !ending && isPlain(layout, before, count),
    newline: count.crlf > 0 ? '\r\n' : '\n',
    lineEnds: lineEnds(count),
    start,
    header,
    aside,
    repeats: kinds.header,
    places,
    longest,
    otherTables: ending?.tables ?? [],
    endLine: ending?.place.line,
    foreign,
  };
}

function isPlain(layout: Layout, { start, preamble }: Beginning, count: Count): boolean {
  const { writing, mark, headerLines } = layout;
  const { bad, blank, comment, header } = count.kinds;
  const sound = bad + blank + comment + header + count.odd + preamble + count.cr === 0;
  const even = count.lf === 0 || count.crlf === 0;
  const simple = writing.delimiter.length === 1 && (writing.quote < 0 || writing.quote === writing.escape);
  const beginning = start.line === headerLines + 1 && (mark === 0 || headerLines > 0);
  return sound && even && simple && beginning;
}

function lineEnds({ lf, crlf, cr }: Count): Survey['lineEnds'] {
  if ([lf, crlf, cr].filter((times) => times > 0).length > 1) return 'mixed';
  if (cr > 0) return 'CR';
  return crlf > 0 ? 'CRLF' : 'LF';
}
