import { isAscii, isUtf8 } from 'node:buffer';
import { createReadStream } from 'node:fs';
import { textDecoder } from './dos-pages.ts';

const LF = 10;
/** An encoding in which lines are UTF-8, or else another: `utf-8+windows-1252`. */
const mixed = /^utf-?8\+(.+)$/i;

/** The encoding of lines that are not UTF-8, where a name says that only some are. */
export const otherEncoding = (name: string): string | undefined => mixed.exec(name)?.[1];

/** Gives bytes as UTF-8; `stream`: more will follow. */
export interface Decoder {
  decode(bytes: Uint8Array, stream: boolean): Buffer;
}

/** Decodes an encoding by its name, a mixed one line by line. */
export function decoderOf(name: string, ignoreBOM = false): Decoder {
  const other = otherEncoding(name);
  if (other) return new LineDecoder(other, true);
  const decoder = textDecoder(name, ignoreBOM);
  return { decode: (bytes, stream) => Buffer.from(decoder.decode(bytes, { stream })) };
}

type LineKind = 'ascii' | 'utf8' | 'damaged' | 'other';

/** Reads lines that are UTF-8 as they are, and all others in an encoding with one byte a character. */
export class LineDecoder implements Decoder {
  readonly #other: ReturnType<typeof textDecoder>;
  /** Leaves lines as they are that are UTF-8 but for some bytes: no row can be made of them. */
  readonly #keepDamaged: boolean;
  #rest: Buffer = Buffer.alloc(0);
  utf8Lines = 0;
  otherLines = 0;

  constructor(other: string, keepDamaged: boolean) {
    this.#other = textDecoder(other);
    this.#keepDamaged = keepDamaged;
  }

  decode(bytes: Uint8Array, stream: boolean): Buffer {
    const all = Buffer.concat([this.#rest, bytes]);
    const end = stream ? all.lastIndexOf(LF) + 1 : all.length;
    this.#rest = all.subarray(end);
    return this.#lines(all.subarray(0, end));
  }

  /** Lines of one kind are decoded together. */
  #lines(bytes: Buffer): Buffer {
    if (isAscii(bytes)) return bytes;
    const pieces: Buffer[] = [];
    let from = 0;
    let asOther = false;
    for (const { start, end, kind } of linesBeyondAscii(bytes)) {
      this.#count(kind);
      const other = kind === 'other' || (kind === 'damaged' && !this.#keepDamaged);
      if (other !== asOther) {
        pieces.push(this.#piece(bytes.subarray(from, start), asOther));
        from = start;
        asOther = other;
      }
      if (end === bytes.length) break;
    }
    pieces.push(this.#piece(bytes.subarray(from), asOther));
    return Buffer.concat(pieces);
  }

  #count(kind: LineKind): void {
    if (kind === 'utf8') this.utf8Lines++;
    else this.otherLines++;
  }

  // Without `stream`, Node reads windows-1252 as if it were ISO-8859-1.
  #piece = (bytes: Buffer, asOther: boolean): Buffer =>
    asOther ? Buffer.from(this.#other.decode(bytes, { stream: true })) : bytes;
}

/** The lines of a text that are not ASCII, and what each reads like by itself. */
export function* linesBeyondAscii(
  bytes: Buffer,
): Generator<{ readonly start: number; readonly end: number; readonly kind: LineKind }> {
  for (let start = 0; start < bytes.length; ) {
    const found = bytes.indexOf(LF, start);
    const end = found < 0 ? bytes.length : found + 1;
    const line = bytes.subarray(start, end);
    if (!isAscii(line)) yield { start, end, kind: kindOf(line) };
    start = end;
  }
}

function kindOf(line: Buffer): LineKind {
  const spelled = spelling(line);
  if (isUtf8(line)) return spelled ? 'utf8' : 'other';
  return spelled ? 'damaged' : 'other';
}

/**
 * True for bytes of which some are hardly anything but characters of UTF-8: three together, or two that spell the
 * letters of Latin alphabets. Of others, such as É before a dash in windows-1252, one alone says nothing.
 */
function spelling(line: Buffer): boolean {
  let pairs = 0;
  for (let at = 0; at < line.length; at++) {
    const lead = line[at] as number;
    const length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 1;
    if (length === 1 || !isUtf8(line.subarray(at, at + length))) continue;
    if (length > 2 || lead <= 0xc5) return true;
    if (++pairs > 1) return true;
    at++;
  }
  return false;
}

/** True where lines of a file are UTF-8 beyond ASCII. */
export async function hasUtf8Lines(path: string): Promise<boolean> {
  const decoder = new LineDecoder('windows-1252', true);
  for await (const piece of createReadStream(path, { highWaterMark: 1 << 20 })) {
    decoder.decode(piece, true);
    if (decoder.utf8Lines > 0) return true;
  }
  decoder.decode(new Uint8Array(), false);
  return decoder.utf8Lines > 0;
}
