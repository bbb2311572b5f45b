import { FirstRecords } from './first-records.ts';
import { type Place, readRecords, recordText } from './read-records.ts';
import { isBlank, type Layout } from './record-kinds.ts';
import { seen } from './span.ts';
import type { Mend } from './split-record.ts';

/** A record of the header as it stands in the file. */
export interface HeaderLine {
  readonly text: string;
  readonly mend: Mend;
}

/** What stands before the first row. */
export interface Beginning {
  /** Where the first row stands, after mark, preamble and header. */
  readonly start: Place;
  readonly preamble: number;
  readonly blank: number;
  readonly comment: number;
  readonly header: readonly HeaderLine[];
  /** The first lines of the preamble, and the first remarks. */
  readonly aside: FirstRecords;
}

/** Reads preamble and header. */
export async function readBeginning(layout: Layout): Promise<Beginning> {
  const { path, writing, skipLines, mark, headerLines } = layout;
  let place: Place = { offset: mark, line: 1 };
  let preamble = 0;
  const aside = new FirstRecords();
  if (skipLines > 0) {
    const lines = { ...writing, quote: -1, escape: -1, comment: Buffer.alloc(0) };
    place = await readRecords({ path, writing: lines, from: place }, (found) => {
      aside.note('preamble', found);
      return ++preamble < skipLines;
    });
  }
  let blank = 0;
  let comment = 0;
  const header: HeaderLine[] = [];
  if (headerLines === 0) return { start: place, preamble, blank, comment, header, aside };
  place = await readRecords({ path, writing, from: place }, (found) => {
    if (found.span.flags & seen.comment) {
      comment++;
      aside.note('comment', found);
    } else if (isBlank(found, 2)) blank++;
    else header.push({ text: recordText(found), mend: found.span.mend });
    return header.length < headerLines;
  });
  return { start: place, preamble, blank, comment, header, aside };
}
