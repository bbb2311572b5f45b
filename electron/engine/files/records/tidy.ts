import { open } from 'node:fs/promises';
import { join, type Sql, sql } from '../../../../shared/sql.ts';
import { cellName } from '../duck/relation.ts';
import { inFile } from '../encoding/decoded-places.ts';
import { type Found, readRecords, recordText } from './read-records.ts';
import { faultOf, kindOf, type Layout, rawText } from './record-kinds.ts';
import { seen } from './span.ts';
import { type Marks, splitRecord, writeRecord } from './split-record.ts';
import type { Survey } from './survey.ts';

/** A record that cannot be a row. */
export interface BadRecord {
  readonly line: number;
  /** Where it starts in the file, or in what was unpacked from it, in bytes; null where it has no such place. */
  readonly offset: number | null;
  readonly cause: string;
  readonly raw: string;
  /** The file, where several are one table. */
  readonly file?: string | undefined;
}

/** What DuckDB is to read: only sound records. */
export interface Reading {
  readonly path: string;
  readonly delimiter: string;
  readonly quote: string;
  readonly newline: '\n' | '\r\n';
  readonly skip: number;
  readonly width: number;
  /** No record is longer, in bytes. */
  readonly longest: number;
}

/** The file itself, where it holds nothing but sound records. */
export const plainReading = (layout: Layout, marks: Marks, survey: Survey): Reading => ({
  path: layout.path,
  delimiter: marks.delimiter,
  quote: marks.quote,
  newline: survey.newline,
  skip: survey.header.length,
  width: layout.width,
  longest: survey.longest,
});

export interface TidyOptions {
  readonly to: string;
  readonly signal?: AbortSignal | undefined;
  /** Awaited with the bad records of each piece, in order. */
  readonly onBad: (bad: readonly BadRecord[]) => Promise<void> | void;
}

/** Copies the sound records of a file, written the standard way, and hands out the others. */
export async function tidyFile(
  layout: Layout,
  marks: Marks,
  survey: Survey,
  { to, signal, onBad }: TidyOptions,
): Promise<Reading> {
  const delimiter = isSimple(marks.delimiter) ? marks.delimiter : ',';
  const standard = marks.quote === '"' && marks.escape === '"' && delimiter === marks.delimiter;
  const { path, writing, upTo, whole, width } = layout;
  const out = await open(to, 'w');
  let pieces: (Buffer | string)[] = [];
  let bad: BadRecord[] = [];
  const take = (found: Found) => {
    const kind = kindOf(found, layout);
    const { start, end, line, flags, mend } = found.span;
    if (kind === 'bad')
      bad.push({
        line,
        offset: found.offset + start,
        cause: faultOf(found, width),
        raw: rawText(found),
      });
    if (kind !== 'good') return undefined;
    if (end === start) pieces.push('""\n');
    else if (standard && !(flags & seen.odd)) pieces.push(found.buffer.subarray(start, end), '\n');
    else pieces.push(writeRecord(splitRecord(recordText(found), marks, mend), delimiter));
    return undefined;
  };
  const onPiece = async () => {
    await out.write(
      Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece))),
    );
    if (bad.length > 0) await onBad(await inFile(bad, layout.places));
    pieces = [];
    bad = [];
  };
  try {
    await readRecords({ path, writing, upTo, whole, from: survey.start, signal, onPiece }, take);
  } finally {
    await out.close();
  }
  return {
    path: to,
    delimiter,
    quote: '"',
    newline: '\n',
    skip: 0,
    width,
    longest: survey.longest * 2 + width * 2 + 2,
  };
}

const isSimple = (delimiter: string) => Buffer.byteLength(delimiter) === 1 && delimiter !== '"';

/** DuckDB's buffers grow with the longest line it is told of. */
const longestLine = 2_000_000;

/** `read_csv(…)` over a reading, every cell as text; null for an unquoted empty cell. */
export function readCsv({ path, delimiter, quote, newline, skip, width, longest }: Reading): Sql {
  const columns = Array.from({ length: width }, (_, at) => sql`${cellName(at)}: 'VARCHAR'`);
  const lineEnd = newline === '\n' ? String.raw`\n` : String.raw`\r\n`;
  return sql`read_csv(${path}, auto_detect = false, header = false, skip = ${skip}, delim = ${delimiter},
    quote = ${quote}, escape = ${quote}, comment = '', new_line = ${lineEnd}, nullstr = '', allow_quoted_nulls = false,
    strict_mode = true, null_padding = false, max_line_size = ${Math.max(longestLine, longest + 64)}, columns = {${join(columns)}})`;
}
