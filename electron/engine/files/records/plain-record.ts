import { type Span, seen } from './span.ts';
import type { Writing } from './writing.ts';

const LF = 10;
const CR = 13;
const { lf, crlf, quoted } = seen;

/**
 * Finds the end of a record as most are: on one line, cells quoted as a whole or not at all, quotes inside doubled. All
 * others are left to the scanner. One loop without calls, because every byte of every file goes through it.
 */
export class PlainRecord {
  readonly #outside = new Uint8Array(256);
  readonly #inside = new Uint8Array(256);
  readonly #quote: number;
  readonly #delimiter: number;
  readonly #doubled: boolean;
  readonly #remark: number;

  constructor({ delimiter, quote, escape: escaping, comment }: Writing) {
    this.#quote = quote;
    this.#delimiter = delimiter.length === 1 ? (delimiter[0] as number) : -1;
    this.#doubled = escaping === quote;
    this.#remark = comment[0] ?? -1;
    for (const byte of [this.#delimiter, quote, escaping, LF, CR, 0]) if (byte >= 0) this.#outside[byte] = 1;
    for (const byte of [quote, escaping, LF, CR, 0]) if (byte >= 0) this.#inside[byte] = 1;
  }

  /** True where the record from `start` on is such a one; the span says where it ends then. */
  read(buffer: Uint8Array, start: number, span: Span): boolean {
    if (this.#delimiter < 0 || buffer[start] === this.#remark) return false;
    const length = buffer.length;
    const outside = this.#outside;
    const inside = this.#inside;
    const quote = this.#quote;
    const ends = span.ends;
    let flags = 0;
    let cells = 0;
    let at = start;
    for (;;) {
      if (at < length && buffer[at] === quote) {
        flags = quoted;
        for (;;) {
          at++;
          while (at < length && inside[buffer[at] as number] === 0) at++;
          if (at + 1 >= length || buffer[at] !== quote) return false;
          at++;
          if (buffer[at] !== quote) break;
          if (!this.#doubled) return false;
        }
      } else while (at < length && outside[buffer[at] as number] === 0) at++;
      if (at >= length || cells === ends.length) return false;
      ends[cells++] = at;
      if (buffer[at] !== this.#delimiter) break;
      at++;
    }
    const end = buffer[at];
    if (end !== LF && !(end === CR && at + 1 < length && buffer[at + 1] === LF)) return false;
    span.cells = cells;
    span.flags = flags | (end === LF ? lf : crlf);
    span.end = at;
    span.next = end === LF ? at + 1 : at + 2;
    return true;
  }
}
