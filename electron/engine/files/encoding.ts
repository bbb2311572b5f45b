import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';
import type { Guess } from '../../../shared/contract/files.ts';
import { problem } from '../../../shared/problem.ts';
import type { Source } from './source.ts';

const signatures: readonly [string, string][] = [
  ['504b0304', 'a ZIP archive or an Excel workbook'],
  ['d0cf11e0', 'an old Excel workbook'],
  ['1f8b', 'compressed by gzip'],
  ['28b52ffd', 'compressed by zstd'],
  ['50415231', 'a Parquet file'],
  ['25504446', 'a PDF document'],
  ['53514c69746520666f726d6174', 'an SQLite database'],
];

const probeBytes = 1 << 20;

/** The encoding of a file by its first megabyte: a byte order mark, the places of zero bytes, whether it is valid UTF-8. */
export async function detectEncoding(source: Source): Promise<{ encoding: string } & Guess> {
  const head = await readHead(source.path, probeBytes);
  refuseKnownFormats(head, source);
  const marked = byMark(head) ?? byZeroBytes(head);
  if (marked) return { encoding: marked, confidence: 1, evidence: 'x' };
  refuseBinary(head, source);
  const whole = head.subarray(0, lastSafeEnd(head, source.bytes));
  return { encoding: isUtf8(whole) ? 'utf-8' : guessLegacy(whole), confidence: 1, evidence: 'x' };
}

/** Refuses a name that no decoder knows. */
export function refuseUnknownEncoding(encoding: string): void {
  try {
    new TextDecoder(encoding === 'latin-1' ? 'latin1' : encoding);
  } catch {
    throw problem('bad_input', `The encoding "${encoding}" is not known.`, {
      hint: 'Use utf-8, utf-16le, utf-16be, latin-1, windows-1252, shift_jis, gb18030 …',
    });
  }
}

/** Reads the first bytes of a file. */
export async function readHead(path: string, length: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    const buffer = Buffer.alloc(length);
    const { bytesRead } = await file.read(buffer, 0, length, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
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
  if (odd > length * 0.2 && even < length * 0.01) return 'utf-16le';
  if (even > length * 0.2 && odd < length * 0.01) return 'utf-16be';
  return undefined;
}

function refuseBinary(head: Buffer, { name, path }: Source) {
  const zero = head.subarray(0, 65_536).indexOf(0);
  if (zero < 0) return;
  throw problem('bad_input', `${name} is not text: it holds a NUL byte at byte ${zero + 1}.`, {
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

/** A few bad bytes among good multi-byte characters are damage; nothing but bad ones is an older encoding. */
function guessLegacy(bytes: Buffer): string {
  const text = new TextDecoder('utf-8').decode(bytes);
  let good = 0;
  let bad = 0;
  for (const character of text) {
    if (character === '\ufffd') bad++;
    else if (character > '\u007f') good++;
  }
  if (good >= bad) return 'utf-8';
  return bytes.some((byte) => byte >= 0x80 && byte <= 0x9f) ? 'windows-1252' : 'latin-1';
}
