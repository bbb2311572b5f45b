import type { Marks } from './split-record.ts';

/** What a scanner must know of a file's writing; bytes, because it reads bytes. `quote` and `escape` are -1 for none. */
export interface Writing {
  readonly delimiter: Uint8Array;
  readonly quote: number;
  readonly escape: number;
  /** What a line that is a remark begins with; empty: none. */
  readonly comment: Uint8Array;
  /** Cells of a row. Where it is known, a record with stray quotes is read the way that gives it as many. */
  readonly width?: number;
  /** Spaces may stand before a quote that opens a cell. */
  readonly padded: boolean;
}

/** The scanner's view of delimiter, quote and escape, and of what a line that is a remark begins with. */
export function writingOf(marks: Marks, comment = '', width?: number): Writing {
  const byte = (text: string) => (text === '' ? -1 : (Buffer.from(text)[0] ?? -1));
  return {
    delimiter: Buffer.from(marks.delimiter),
    quote: byte(marks.quote),
    escape: marks.quote === '' ? -1 : byte(marks.escape),
    comment: Buffer.from(comment),
    padded: marks.padded === true,
    ...(width === undefined ? {} : { width }),
  };
}

/** Bytes as characters, one each: what a scanner reads, for readers of text. */
export const marksOf = ({ delimiter, quote, escape: escaping, padded }: Writing): Marks => ({
  delimiter: Buffer.from(delimiter).toString('latin1'),
  quote: quote < 0 ? '' : String.fromCharCode(quote),
  escape: escaping < 0 ? '' : String.fromCharCode(escaping),
  padded,
});
