import type { Mend } from './split-record.ts';

/** Things noticed in a record, added up. */
export const seen = {
  /** A quote, escape or space where a strict reader would stumble; the value is clear all the same. */
  odd: 1,
  /** A quote inside quotes that is not escaped. */
  stray: 2,
  nul: 4,
  openQuote: 8,
  /** Ended by CR LF. */
  crlf: 16,
  /** Ended by LF alone. */
  lf: 32,
  /** Ended by CR alone. */
  cr: 64,
  /** A remark. */
  comment: 128,
  quoted: 256,
} as const;

/** One record in the buffer being scanned; the scanner uses one object for all. */
export interface Span {
  start: number;
  /** After the last byte of the last cell. */
  end: number;
  /** Where the next record starts. */
  next: number;
  cells: number;
  /** Where each cell ends, as far as it is read by the rules; valid like the span itself. */
  ends: Int32Array;
  flags: number;
  /** The physical line it starts on, from 1. */
  line: number;
  mend: Mend;
}

/** Room for twice as many ends of cells. */
export function longer(ends: Int32Array): Int32Array<ArrayBuffer> {
  const grown = new Int32Array(ends.length * 2);
  grown.set(ends);
  return grown;
}
