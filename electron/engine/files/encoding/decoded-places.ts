import { open } from 'node:fs/promises';
import { decoderOf } from './line-decoder.ts';

const LF = 10;
/** Bytes of the file between two remembered places, about. */
const stretch = 64 << 10;

/** A record as it was found in a copy. */
export interface Placed {
  readonly offset?: number | null;
  readonly line: number;
  readonly raw: string;
}

/** Where the records of a copy stand in the file it was made from. */
export interface FilePlaces {
  inFile<R extends Placed>(records: readonly R[]): Promise<readonly R[]>;
}

/** Records with their places in the file as it is, where they were read from a copy of it. */
export const inFile = async <R extends Placed>(
  records: readonly R[],
  places: FilePlaces | undefined,
): Promise<readonly R[]> => (places && records.length > 0 ? places.inFile(records) : records);

/** Where the bytes of a decoded copy stand in the file they come from. */
export class DecodedPlaces implements FilePlaces {
  readonly #path: string;
  readonly #encoding: string;
  /** In UTF-16 a line end is known by two bytes. */
  readonly #unit: 1 | 2;
  readonly #lastByte: 0 | 1;
  readonly #decoded: number[] = [0];
  readonly #original: number[] = [0];

  constructor(path: string, encoding: string) {
    this.#path = path;
    this.#encoding = encoding;
    this.#unit = /^utf-?16/i.test(encoding) ? 2 : 1;
    this.#lastByte = /^utf-?16be/i.test(encoding) ? 1 : 0;
  }

  /** Where a piece of the file that begins at `before` is to be cut: behind line ends, where every encoding begins anew. */
  *cuts(piece: Buffer, before: number): Generator<number> {
    for (let at = stretch; at < piece.length; at += stretch) {
      const cut = this.#lineEnd(piece, at, before);
      if (cut < 0) return;
      yield cut;
      at = cut;
    }
  }

  #lineEnd(piece: Buffer, from: number, before: number): number {
    for (let at = piece.indexOf(LF, from); at >= 0; at = piece.indexOf(LF, at + 1)) {
      if (this.#unit === 1) return at + 1;
      const start = at - this.#lastByte;
      if ((before + start) % 2 === 0 && start + 1 < piece.length && piece[start + 1 - this.#lastByte] === 0)
        return start + 2;
    }
    return -1;
  }

  note(decoded: number, original: number): void {
    this.#decoded.push(decoded);
    this.#original.push(original);
  }

  async inFile<R extends Placed>(records: readonly R[]): Promise<readonly R[]> {
    const offsets = await this.#originsOf(records.map(({ offset }) => offset ?? 0));
    return records.map((record, at) => ({ ...record, offset: offsets[at] as number }));
  }

  /** The places in the file of records that begin at these places of the copy. */
  async #originsOf(offsets: readonly number[]): Promise<number[]> {
    const file = await open(this.#path, 'r');
    try {
      const found: number[] = [];
      let window = { at: -1, bytes: Buffer.alloc(0) };
      for (const offset of offsets) {
        const at = this.#placeBefore(offset);
        if (window.at !== at) {
          const start = this.#original[at] as number;
          const end = this.#original[at + 1] ?? start + (64 << 20);
          const { buffer, bytesRead } = await file.read(Buffer.alloc(end - start), 0, end - start, start);
          window = { at, bytes: buffer.subarray(0, bytesRead) };
        }
        const wanted = offset - (this.#decoded[at] as number);
        found.push((this.#original[at] as number) + this.#bytesFor(wanted, window.bytes, at === 0));
      }
      return found;
    } finally {
      await file.close();
    }
  }

  #placeBefore(offset: number): number {
    let [low, high] = [0, this.#decoded.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#decoded[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** The fewest bytes of the file that give so many bytes of the copy. */
  #bytesFor(wanted: number, bytes: Buffer, first: boolean): number {
    const mark = first && this.#unit === 2 && /^(fffe|feff)/.test(bytes.toString('hex', 0, 2)) ? 2 : 0;
    let [low, high] = [mark, bytes.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const decoded = decoderOf(this.#encoding, !first).decode(bytes.subarray(0, middle), true);
      if (decoded.length < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
