import { type Found, recordText } from './read-records.ts';
import { seen } from './span.ts';
import { type Marks, splitRecord } from './split-record.ts';

/** Whoever wants the cells of a record one by one, as bytes; false ends the walk. */
export interface CellTaker {
  cell(at: number, from: Uint8Array, start: number, end: number): boolean;
  /** A cell with nothing in it, not even quotes. */
  nothing(at: number): boolean;
}

/** Hands out the cells of sound records without making texts of them, where they are written by the rules. */
export class CellWalker {
  readonly #marks: Marks;
  readonly #width: number;
  readonly #delimiterBytes: number;
  readonly #quote: number;
  readonly #doubled: boolean;

  constructor(marks: Marks, width: number) {
    this.#marks = marks;
    this.#width = width;
    this.#delimiterBytes = Buffer.byteLength(marks.delimiter);
    this.#quote = marks.quote === '' ? -1 : marks.quote.charCodeAt(0);
    this.#doubled = marks.escape === marks.quote;
  }

  /** False where the taker did not want them all. */
  walk(found: Found, taker: CellTaker): boolean {
    const { buffer, span } = found;
    const { ends, flags } = span;
    if ((flags & seen.odd) !== 0 || (!this.#doubled && (flags & seen.quoted) !== 0))
      return this.#walkText(found, taker);
    let start = span.start;
    for (let at = 0; at < this.#width; at++) {
      const end = ends[at] as number;
      const taken =
        start === end
          ? taker.nothing(at)
          : buffer[start] === this.#quote
            ? this.#quoted(taker, at, buffer, start + 1, end - 1)
            : taker.cell(at, buffer, start, end);
      if (!taken) return false;
      start = end + this.#delimiterBytes;
    }
    return true;
  }

  #walkText(found: Found, taker: CellTaker): boolean {
    const cells = splitRecord(recordText(found), this.#marks, found.span.mend);
    return cells.every(({ text, quoted }, at) => {
      if (text === '' && !quoted) return taker.nothing(at);
      const bytes = Buffer.from(text);
      return taker.cell(at, bytes, 0, bytes.length);
    });
  }

  /** A quote inside is doubled. */
  #quoted(taker: CellTaker, at: number, from: Uint8Array, start: number, end: number): boolean {
    const quote = this.#quote;
    let inside = start;
    while (inside < end && from[inside] !== quote) inside++;
    if (inside === end) return taker.cell(at, from, start, end);
    const single = Buffer.allocUnsafe(end - start);
    let length = 0;
    for (let place = start; place < end; place++) {
      const byte = from[place] as number;
      single[length++] = byte;
      if (byte === quote) place++;
    }
    return taker.cell(at, single, 0, length);
  }
}
