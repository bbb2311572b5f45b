import type { Writing } from './scan-records.ts';
import type { Marks } from './split-record.ts';

/** The scanner's view of delimiter, quote and escape. */
export function writingOf(marks: Marks, carriageReturn: boolean): Writing {
  const byte = (text: string) => (text === '' ? -1 : (Buffer.from(text)[0] ?? -1));
  return {
    delimiter: Buffer.from(marks.delimiter),
    quote: byte(marks.quote),
    escape: marks.quote === '' ? -1 : byte(marks.escape === '' ? marks.quote : marks.escape),
    carriageReturn,
  };
}

/** True where lines end in CR alone. */
export const endsInCarriageReturn = (head: Uint8Array): boolean => head.includes(13) && !head.includes(10);
