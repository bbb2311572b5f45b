import { problem } from '../../../shared/problem.ts';

/** What a scanner must know of a file's writing; bytes, because it reads bytes. `quote` and `escape` are -1 for none. */
export interface Writing {
  readonly delimiter: Uint8Array;
  readonly quote: number;
  readonly escape: number;
  /** Lines end in CR alone, as on old Macs. */
  readonly carriageReturn: boolean;
}

/** Things noticed in a record, added up. */
export const seen = {
  /** A quote, escape or CR where a strict reader would stumble; the value is clear all the same. */
  odd: 1,
  textAfterQuote: 2,
  nul: 4,
  openQuote: 8,
  /** Ended by CR LF. */
  crlf: 16,
  /** Ended by LF alone. */
  lf: 32,
} as const;

/** One record in the buffer being scanned; the scanner uses one object for all. */
export interface Span {
  start: number;
  /** After the last byte of the last cell. */
  end: number;
  /** Where the next record starts. */
  next: number;
  cells: number;
  flags: number;
  /** The physical line it starts on, from 1. */
  line: number;
}

const LF = 10;
const CR = 13;
/** No record is longer; a quote that is not closed within this is taken as never closed. */
export const longestRecord = 8 << 20;
const mostRescanned = 256 << 20;

/**
 * Cuts delimited text into records, honouring quotes; every byte belongs to exactly one record. A quote that is not
 * closed costs its line only: the scan goes on at the next line.
 */
export class RecordScanner {
  readonly #writing: Writing;
  readonly #plain = new Uint8Array(256);
  readonly #quoted = new Uint8Array(256);
  readonly #span: Span = { start: 0, end: 0, next: 0, cells: 0, flags: 0, line: 1 };
  #lines = 0;
  #rescanned = 0;

  constructor(writing: Writing, line = 1) {
    this.#writing = writing;
    this.#span.line = line;
    const { delimiter } = writing;
    for (const byte of [delimiter[0] ?? 44, LF, CR, 0]) this.#plain[byte] = 1;
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
    span.start = start;
    span.cells = 1;
    span.flags = 0;
    this.#lines = 0;
    let at = start;
    for (;;) {
      const isQuoted = buffer[at] === this.#writing.quote && at < buffer.length;
      const end = isQuoted ? this.#quotedCell(buffer, at, last) : this.#plainCell(buffer, at, last);
      if (end === -1) return this.#unfinished(buffer, start, last);
      if (span.flags & seen.textAfterQuote && this.#lines > 0) return this.#firstLineOnly(buffer, start, end);
      if (end === buffer.length || buffer[end] === LF || buffer[end] === CR) {
        this.#finish(buffer, end);
        return true;
      }
      span.cells++;
      at = end + this.#writing.delimiter.length;
    }
  }

  /** The end of an unquoted cell; -1 where the buffer ends first. */
  #plainCell(buffer: Uint8Array, from: number, last: boolean): number {
    const { delimiter, carriageReturn } = this.#writing;
    const special = this.#plain;
    for (let at = from; ; at++) {
      while (at < buffer.length && special[buffer[at] as number] === 0) at++;
      if (at >= buffer.length) return last ? buffer.length : -1;
      const byte = buffer[at] as number;
      if (byte === LF && !carriageReturn) return at;
      if (byte === CR) {
        if (carriageReturn || buffer[at + 1] === LF) return at;
        if (at + 1 >= buffer.length) return last ? at : -1;
        this.#span.flags |= seen.odd;
      } else if (byte === delimiter[0] && startsWith(buffer, at, delimiter)) return at;
      else if (byte === 0) this.#span.flags |= seen.nul;
      else if (byte === LF || byte === this.#writing.quote || byte === this.#writing.escape)
        this.#span.flags |= seen.odd;
    }
  }

  /** The end of a quoted cell, after what stands behind its closing quote. */
  #quotedCell(buffer: Uint8Array, from: number, last: boolean): number {
    const close = this.#closingQuote(buffer, from + 1, last);
    if (close === -1) return -1;
    const { delimiter } = this.#writing;
    const after = buffer[close + 1];
    if (after === undefined) return last ? close + 1 : -1;
    if (after === LF || after === CR || startsWith(buffer, close + 1, delimiter)) {
      const end = this.#plainCell(buffer, close + 1, last);
      if (end > close + 1) this.#span.flags |= seen.textAfterQuote;
      return end;
    }
    this.#span.flags |= seen.textAfterQuote;
    return this.#plainCell(buffer, close + 1, last);
  }

  #closingQuote(buffer: Uint8Array, from: number, last: boolean): number {
    const { quote, escape: escaping, carriageReturn } = this.#writing;
    const special = this.#quoted;
    for (let at = from; ; at++) {
      while (at < buffer.length && special[buffer[at] as number] === 0) at++;
      if (at >= buffer.length) return -1;
      const byte = buffer[at] as number;
      if (byte === LF || (byte === CR && carriageReturn)) this.#lines++;
      if (byte === 0) this.#span.flags |= seen.nul;
      const next = buffer[at + 1];
      if (byte === escaping && (next === quote || next === escaping)) at++;
      else if (byte === quote) return next === undefined && !last ? -1 : at;
      else if (byte === escaping) this.#span.flags |= seen.odd;
    }
  }

  #finish(buffer: Uint8Array, end: number) {
    const span = this.#span;
    span.end = end;
    const crlf = buffer[end] === CR && buffer[end + 1] === LF && !this.#writing.carriageReturn;
    span.next = Math.min(buffer.length, end + (crlf ? 2 : 1));
    if (crlf) span.flags |= seen.crlf;
    else if (buffer[end] === LF) span.flags |= seen.lf;
    this.#lines++;
  }

  #unfinished(buffer: Uint8Array, start: number, last: boolean): boolean {
    if (!last && buffer.length - start <= longestRecord) return false;
    return this.#firstLineOnly(buffer, start, buffer.length);
  }

  /** Ends the record at its first line, because a quote in it is not closed there. */
  #firstLineOnly(buffer: Uint8Array, start: number, reached: number): boolean {
    const span = this.#span;
    const { carriageReturn } = this.#writing;
    this.#rescanned += reached - start;
    let end = buffer.indexOf(carriageReturn ? CR : LF, start);
    if (end === -1) end = buffer.length;
    this.#refuseHopeless(end - start);
    this.#lines = 0;
    if (!carriageReturn && end > start && buffer[end - 1] === CR) end--;
    span.flags = (span.flags & ~seen.textAfterQuote) | seen.openQuote;
    this.#finish(buffer, end);
    return true;
  }

  #refuseHopeless(length: number) {
    const { line } = this.#span;
    if (length > longestRecord) {
      throw problem('bad_input', `Line ${line} is longer than 8 MB.`, {
        hint: 'This does not look like delimited text; check the file, its encoding and its quotes.',
        at: { line },
      });
    }
    if (this.#rescanned <= mostRescanned) return;
    throw problem('bad_input', `Too many quotes are not closed, the last one on line ${line}.`, {
      hint: 'Choose another quote character, or none.',
      at: { line },
    });
  }
}

function startsWith(buffer: Uint8Array, at: number, bytes: Uint8Array): boolean {
  for (let offset = 0; offset < bytes.length; offset++) {
    if (buffer[at + offset] !== bytes[offset]) return false;
  }
  return true;
}
