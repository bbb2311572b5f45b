import { isAscii, isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import { counted } from '../../../../shared/number-words.ts';
import { problem } from '../../../../shared/problem.ts';
import { readHead } from '../source/read-head.ts';
import type { Source } from '../source/source.ts';
import { textDecoder } from './dos-pages.ts';
import { type EncodingGuess, guessEncoding, isWestern } from './guess-encoding.ts';
import { linesBeyondAscii, otherEncoding } from './line-decoder.ts';

const signatures: readonly [string, string][] = [
  ['504b0304', 'a ZIP archive or an Excel workbook'],
  ['d0cf11e0', 'an old Excel workbook'],
  ['fffe0000', 'text in UTF-32, which is not read'],
  ['0000feff', 'text in UTF-32, which is not read'],
  ['1f8b', 'compressed by gzip'],
  ['28b52ffd', 'compressed by zstd'],
  ['50415231', 'a Parquet file'],
  ['25504446', 'a PDF document'],
  ['53514c69746520666f726d6174', 'an SQLite database'],
];

const probeBytes = 1 << 20;
const fewZeros = 3;
/** What DOS wrote after the last line. */
const endOfFile = 0x1a;
const pieceBytes = 64 << 10;
const places = [0.25, 0.5, 0.75, 1];

/** An encoding as it was found out; `ascii` where no byte looked at tells anything. */
export type FoundEncoding = EncodingGuess & { readonly ascii: boolean };

const found = (encoding: string, confidence: number, evidence: string, ascii = false): FoundEncoding => ({
  encoding,
  confidence,
  evidence,
  ascii,
});

/** The encoding of a file by its first megabyte and pieces from further on. */
export async function detectEncoding(source: Source): Promise<FoundEncoding> {
  const head = await readHead(source.path, probeBytes);
  refuseKnownFormats(head, source);
  const marked = byMark(head);
  if (marked) return found(marked, 1, 'a byte order mark at the start says so');
  const wide = byZeroBytes(head);
  if (wide) return found(wide, 0.95, 'every other byte is zero, as in UTF-16 without a byte order mark');
  refuseBinary(head, source);
  const whole = head.subarray(0, lastSafeEnd(head, source.bytes));
  return ofText([whole, ...(await furtherLines(source))]);
}

function ofText(pieces: readonly Buffer[]): FoundEncoding {
  if (pieces.every((piece) => isAscii(piece))) {
    return found('utf-8', 0.95, 'no byte beyond ASCII was seen', true);
  }
  if (pieces.every((piece) => isUtf8(piece))) {
    return found('utf-8', 0.99, 'all characters beyond ASCII are valid UTF-8');
  }
  const bytes = Buffer.concat(pieces);
  const lines = [...linesBeyondAscii(bytes)];
  const utf8 = lines.filter(({ kind }) => kind === 'utf8').length;
  const others = lines.filter(({ kind }) => kind === 'other');
  if (utf8 > 0 && others.length > 0) {
    const other = guessEncoding(Buffer.concat(others.map(({ start, end }) => bytes.subarray(start, end))));
    if (isWestern(other.encoding) && other.spells) return mixedEncoding(utf8, others.length);
  }
  const { good, bad } = charactersIn(bytes);
  if (good >= bad || utf8 > others.length) {
    return found(
      'utf-8',
      0.8,
      `${bad} bytes are damaged, but ${good} characters beyond ASCII are valid UTF-8`,
    );
  }
  const guess = guessEncoding(bytes);
  return {
    ...guess,
    confidence: utf8 > 0 ? Math.min(0.4, guess.confidence) : guess.confidence,
    ascii: false,
  };
}

/** Lines of a file are written in two ways: each is read in its own. */
export const mixedEncoding = (utf8: number, others: number): FoundEncoding =>
  found(
    'utf-8+windows-1252',
    0.5,
    `lines in two encodings: ${counted(utf8, 'line')} beyond ASCII read as UTF-8, ${counted(others, 'other')} as windows-1252`,
  );

/** Whole lines from places all over a file. */
async function furtherLines({ path, bytes }: Source): Promise<Buffer[]> {
  if (bytes <= probeBytes) return [];
  const file = await open(path, 'r');
  try {
    const pieces = places.map(async (share) => {
      const buffer = Buffer.alloc(pieceBytes);
      const { bytesRead } = await file.read(buffer, 0, pieceBytes, Math.floor((bytes - pieceBytes) * share));
      const read = buffer.subarray(0, bytesRead);
      return read.subarray(read.indexOf(10) + 1, read.lastIndexOf(10) + 1);
    });
    return await Promise.all(pieces);
  } finally {
    await file.close();
  }
}

/** Refuses a name that no decoder knows. */
export function refuseUnknownEncoding(encoding: string): void {
  try {
    textDecoder(otherEncoding(encoding) ?? encoding);
  } catch {
    throw problem('bad_input', `The encoding "${encoding}" is not known.`, {
      hint: 'Use utf-8, utf-16le, utf-16be, latin-1, windows-1252, iso-8859-2, koi8-r, cp850, shift_jis, gb18030 …, or utf-8+windows-1252 where lines are written in either.',
    });
  }
}

function refuseKnownFormats(head: Buffer, { name, path }: Source) {
  const hex = head.subarray(0, 16).toString('hex');
  const known = signatures.find(([signature]) => hex.startsWith(signature));
  if (!known) return;
  throw problem('bad_input', `${name} is ${known[1]}, not delimited text.`, {
    hint: 'Save or unpack it as CSV and import that.',
    at: { file: path },
  });
}

function byMark(head: Buffer): string | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  if (head.subarray(0, 4).toString('hex') === 'fffe0000') return undefined;
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return undefined;
}

/** UTF-16 without a mark: nearly every other byte of Western text is zero. */
function byZeroBytes(head: Buffer): string | undefined {
  const length = Math.min(head.length, 65_536) & ~1;
  if (length < 8 || !head.includes(0)) return undefined;
  const zeros = [0, 0];
  for (let at = 0; at < length; at++) if (head[at] === 0) zeros[at & 1] = (zeros[at & 1] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const lines = { le: head.includes('\n\0', 0, 'latin1'), be: head.includes('\0\n', 0, 'latin1') };
  if (odd > length * (lines.le ? 0.03 : 0.2) && even < odd * 0.05) return 'utf-16le';
  if (even > length * (lines.be ? 0.03 : 0.2) && odd < even * 0.05) return 'utf-16be';
  return undefined;
}

/** A few NUL bytes in a text cost their rows; a file with many, or with many control characters, is no text. */
function refuseBinary(head: Buffer, { name, path }: Source) {
  const probe = head.subarray(0, head.at(-1) === endOfFile ? Math.min(65_536, head.length - 1) : 65_536);
  const counts = new Uint32Array(27);
  for (const byte of probe) if (byte < 27) counts[byte] = (counts[byte] as number) + 1;
  const zeros = counts[0] as number;
  const others = counts.filter((_, byte) => byte > 0 && (byte < 9 || byte > 13));
  // One of them may stand between cells; but one alone in bytes that are no UTF-8 separates nothing.
  const often = Math.max(...others);
  const between = often > 1 || isUtf8(probe) ? often : 0;
  const controls = others.reduce((sum, count) => sum + count, 0) - between;
  const few = zeros <= Math.max(fewZeros, probe.length * 0.01) && zeros <= probe.length * 0.25;
  if (few && controls <= probe.length * 0.02) return;
  const zero = probe.indexOf(0);
  const what = zero < 0 ? 'it is full of control characters' : `it holds a NUL byte at byte ${zero + 1}`;
  throw problem('bad_input', `${name} is not text: ${what}.`, {
    hint: 'It looks like a binary file; export it as CSV from the program that made it.',
    at: { file: path },
  });
}

/** Where a probe may be cut without cutting a character. */
function lastSafeEnd(head: Buffer, fileBytes: number): number {
  if (head.length === fileBytes) return head.length;
  let end = head.length;
  while (end > 0 && ((head[end - 1] ?? 0) & 0xc0) === 0x80) end--;
  return end > 0 && (head[end - 1] ?? 0) >= 0xc0 ? end - 1 : end;
}

/** Characters beyond ASCII that are UTF-8, and bytes that are not. */
function charactersIn(bytes: Buffer): { good: number; bad: number } {
  let good = 0;
  let bad = 0;
  for (const character of new TextDecoder('utf-8').decode(bytes)) {
    if (character === '\ufffd') bad++;
    else if (character > '\u007f') good++;
  }
  return { good, bad };
}
