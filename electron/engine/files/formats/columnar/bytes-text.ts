import { isUtf8 } from 'node:buffer';
import type { ColumnTally } from './column-tally.ts';

/** The text that bytes are in UTF-8; one that is none is counted, and what cannot be read of it is U+FFFD. */
export function bytesText({ buffer, byteOffset, byteLength }: Uint8Array, tally: ColumnTally): string {
  const bytes = Buffer.from(buffer, byteOffset, byteLength);
  const text = bytes.toString('utf8');
  if (text.includes('\ufffd') && !isUtf8(bytes)) tally.garbled++;
  return text;
}
