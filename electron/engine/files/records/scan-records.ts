import { behindSpaces, breakLength, breaksIn, CR, LF, lineEnd, startsWith } from '../encoding/line-breaks.ts';
import { longestRecord, refuseHopeless } from './hopeless.ts';
import { mendRecord, rowsFollow } from './mend-record.ts';
import { PlainRecord } from './plain-record.ts';
import { longer, type Span, seen } from './span.ts';
import type { Marks } from './split-record.ts';
import { marksOf, type Writing } from './writing.ts';

const mendBytes = 64 << 10;
const notClosed = -2;
const backslash = 92;

/**
 * Cuts delimited text into records, honouring quotes; every byte belongs to exactly one record. LF, CR LF and CR end a
 * line. A quote that is not closed costs its line only: the scan goes on at the next line.
 */
export class RecordScanner {
  readonly #writing: Writing;
  readonly #marks: Marks;
  readonly #usual: PlainRecord;
  readonly #plain = new Uint8Array(256);
  readonly #quoted = new Uint8Array(256);
  readonly #span: Span = {
    start: 0,
    end: 0,
    next: 0,
    cells: 0,
    ends: new Int32Array(64),
    flags: 0,
    line: 1,
    mend: 0,
  };
  #lines = 0;
  #rescanned = 0;

  constructor(writing: Writing, line = 1) {
    this.#writing = writing;
    this.#marks = marksOf(writing);
    this.#usual = new PlainRecord(writing);
    this.#span.line = line;
    for (const byte of [writing.delimiter[0] ?? 44, LF, CR, 0]) this.#plain[byte] = 1;
    for (const byte of [LF, CR, 0]) this.#quoted[byte] = 1;
    for (const byte of [writing.quote, writing.escape].filter((byte) => byte >= 0)) {
      this.#plain[byte] = 1;
      this.#quoted[byte] = 1;
    }
  }

  /** The line that the next record starts on. */
  get line(): number {
    return this.#span.line;
  }

  /** Hands every whole record to `record`; returns how many bytes they took. `last`: nothing follows this buffer. */
  scan(buffer: Uint8Array, last: boolean, record: (span: Span) => boolean | undefined): number {
    const span = this.#span;
    let at = 0;
    while (at < buffer.length) {
      if (!this.#one(buffer, at, last)) return at;
      const next = span.next;
      const go = record(span);
      span.line += this.#lines;
      at = next;
      if (go === false) return at;
    }
    return at;
  }

  /** Finds one record from `start` on; false where it is not whole in this buffer. */
  #one(buffer: Uint8Array, start: number, last: boolean): boolean {
    const span = this.#span;
    const { quote, delimiter, comment, padded } = this.#writing;
    span.start = start;
    span.cells = 1;
    span.flags = 0;
    span.mend = 0;
    this.#lines = 0;
    if (this.#usual.read(buffer, start, span)) {
      this.#lines = 1;
      if (span.flags & seen.quoted) this.#settle(buffer, start, last);
      return true;
    }
    if (comment.length > 0 && startsWith(buffer, start, comment)) return this.#remark(buffer, start, last);
    let at = start;
    for (;;) {
      const first = padded ? behindSpaces(buffer, at) : at;
      const isQuoted = buffer[first] === quote && first < buffer.length;
      if (isQuoted && first > at) span.flags |= seen.odd;
      const end = isQuoted ? this.#quotedCell(buffer, first, last) : this.#plainCell(buffer, at, last);
      if (end === -1) return this.#unfinished(buffer, start, last);
      if (span.cells > span.ends.length) span.ends = longer(span.ends);
      span.ends[span.cells - 1] = end;
      if (end === buffer.length || buffer[end] === LF || buffer[end] === CR) {
        this.#finish(buffer, end);
        if (span.flags & seen.quoted) this.#settle(buffer, start, last);
        return true;
      }
      span.cells++;
      at = end + delimiter.length;
    }
  }

  #remark(buffer: Uint8Array, start: number, last: boolean): boolean {
    const end = lineEnd(buffer, start);
    if (!last && end + 2 >= buffer.length) return false;
    this.#finish(buffer, end);
    this.#span.flags |= seen.comment;
    return true;
  }

  /** The end of an unquoted cell; -1 where the buffer ends first. */
  #plainCell(buffer: Uint8Array, from: number, last: boolean): number {
    const { delimiter } = this.#writing;
    const special = this.#plain;
    for (let at = from; ; at++) {
      while (at < buffer.length && special[buffer[at] as number] === 0) at++;
      if (at >= buffer.length) return last ? buffer.length : -1;
      const byte = buffer[at] as number;
      if (byte === LF) return at;
      if (byte === CR) return !last && at + 2 >= buffer.length ? -1 : at;
      if (byte === delimiter[0] && startsWith(buffer, at, delimiter)) return at;
      if (byte === 0) this.#span.flags |= seen.nul;
      else if (byte === this.#writing.quote || byte === this.#writing.escape) this.#span.flags |= seen.odd;
    }
  }

  /** The end of a quoted cell; -1 where the buffer ends first. */
  #quotedCell(buffer: Uint8Array, from: number, last: boolean): number {
    const { quote, escape: escaping } = this.#writing;
    const special = this.#quoted;
    const span = this.#span;
    span.flags |= seen.quoted;
    for (let at = from + 1; ; at++) {
      while (at < buffer.length && special[buffer[at] as number] === 0) at++;
      if (at >= buffer.length) return -1;
      const byte = buffer[at] as number;
      const next = buffer[at + 1];
      if (byte === LF || (byte === CR && next !== LF)) this.#lines++;
      if (byte === 0) span.flags |= seen.nul;
      if (byte === escaping && (next === quote || next === escaping)) at++;
      else if (byte === quote && next === quote && escaping === backslash) at++;
      else if (byte === quote) {
        const end = this.#closedAt(buffer, at + 1, last);
        if (end !== notClosed) return end;
        span.flags |= seen.stray | seen.odd;
      } else if (byte === escaping) span.flags |= seen.odd;
    }
  }

  /** Where a cell ends whose closing quote stands before `from`; `notClosed` where that quote closes nothing. */
  #closedAt(buffer: Uint8Array, from: number, last: boolean): number {
    const { delimiter } = this.#writing;
    for (let at = from; ; at++) {
      if (at >= buffer.length) return last ? buffer.length : -1;
      const byte = buffer[at] as number;
      if (byte === LF) return at;
      if (byte === CR) return !last && at + 2 >= buffer.length ? -1 : at;
      if (startsWith(buffer, at, delimiter)) return at;
      if (!last && at + delimiter.length > buffer.length) return -1;
      if (byte !== 32 && byte !== 9) return notClosed;
      this.#span.flags |= seen.odd;
    }
  }

  #finish(buffer: Uint8Array, end: number) {
    const span = this.#span;
    span.end = end;
    span.next = Math.min(buffer.length, end + breakLength(buffer, end));
    if (buffer[span.next - 1] !== LF) span.flags |= end < buffer.length ? seen.cr : 0;
    else span.flags |= buffer[end] === CR ? seen.crlf : seen.lf;
    this.#lines++;
  }

  /** A record with quotes that does not have the cells of a row is read otherwise, if exactly one way fits. */
  #settle(buffer: Uint8Array, start: number, last: boolean): void {
    const span = this.#span;
    const { width } = this.#writing;
    const severalLines = (span.flags & seen.stray) !== 0 && this.#lines > 1;
    if (width === undefined) {
      if (severalLines) this.#firstLineOnly(buffer, start, span.next);
      return;
    }
    if (span.cells === width && !severalLines) return;
    if (this.#mend(buffer, start, span.next, last) || span.cells === width || !severalLines) return;
    this.#firstLineOnly(buffer, start, span.next);
  }

  #mend(buffer: Uint8Array, start: number, reached: number, last: boolean, early = false): boolean {
    const { width = 0 } = this.#writing;
    const end = Math.min(buffer.length, Math.max(start + mendBytes, early ? 0 : reached));
    if (end - start > mendBytes * 16) return false;
    const text = Buffer.from(buffer.buffer, buffer.byteOffset + start, end - start).toString('latin1');
    const whole = last && end === buffer.length;
    const mended = mendRecord(text, this.#marks, width, whole);
    if (!mended || (early && !rowsFollow(text, mended.end, this.#marks, width))) return false;
    const span = this.#span;
    this.#rescanned += reached - start;
    this.#lines = breaksIn(text, mended.end);
    span.flags = (span.flags & ~(seen.openQuote | seen.stray | seen.lf | seen.crlf | seen.cr)) | seen.odd;
    span.cells = mended.cells;
    span.mend = mended.mend;
    this.#finish(buffer, start + mended.end);
    return true;
  }

  #unfinished(buffer: Uint8Array, start: number, last: boolean): boolean {
    const { width = 0 } = this.#writing;
    const reached = buffer.length;
    const long = reached - start > mendBytes;
    if (width > 1 && (last || long) && this.#mend(buffer, start, reached, last, !last)) return true;
    if (!last && reached - start <= longestRecord) return false;
    this.#firstLineOnly(buffer, start, reached);
    return true;
  }

  /** Ends the record at its first line, because a quote in it is not closed there. */
  #firstLineOnly(buffer: Uint8Array, start: number, reached: number): void {
    const span = this.#span;
    this.#rescanned += reached - start;
    const end = lineEnd(buffer, start);
    refuseHopeless(span.line, end - start, this.#rescanned);
    this.#lines = 0;
    span.flags = (span.flags & ~(seen.stray | seen.lf | seen.crlf | seen.cr)) | seen.openQuote;
    this.#finish(buffer, end);
  }
}
