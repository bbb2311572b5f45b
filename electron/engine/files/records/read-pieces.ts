import type { FileHandle } from 'node:fs/promises';

const pieceBytes = 1 << 20;
/** Room before a piece for what the one before left over; records that take more are rare. */
const headroom = 64 << 10;

/** What there is to look at next. */
interface Piece {
  /** What was left over and what follows it; good until the piece after the next. */
  readonly buffer: Buffer;
  /** True where nothing follows. */
  readonly ended: boolean;
}

/** Reads a file piece by piece into two buffers that it keeps: the next piece is read while one is looked at. */
export class PieceReader {
  readonly #file: FileHandle;
  readonly #upTo: number;
  readonly #buffers: Buffer[] = [];
  #position: number;
  #turn = 0;
  #ahead: Promise<number> | undefined;

  constructor(file: FileHandle, from: number, upTo: number) {
    this.#file = file;
    this.#position = from;
    this.#upTo = upTo;
  }

  /** True where reading came to the end that was asked for, not to that of the file. */
  get isCut(): boolean {
    return this.#position >= this.#upTo;
  }

  /** `rest` and the bytes behind it; of a long rest as many again, so that long records are not looked at too often. */
  async next(rest: Buffer): Promise<Piece> {
    const first = this.#turn === 0;
    const length = await (this.#ahead ?? this.#read());
    this.#ahead = undefined;
    const into = this.#buffer;
    const piece = into.subarray(headroom, headroom + length);
    this.#turn++;
    if (rest.length > headroom) return this.#long(rest, piece);
    const start = headroom - rest.length;
    rest.copy(into, start);
    if (!first && length > 0) this.#startAhead();
    return { buffer: into.subarray(start, headroom + length), ended: length === 0 };
  }

  async #long(rest: Buffer, piece: Buffer): Promise<Piece> {
    const more = Buffer.allocUnsafe(Math.max(0, Math.min(rest.length, this.#upTo - this.#position)));
    const length = piece.length === 0 ? 0 : await this.#fill(more);
    const buffer = Buffer.concat([rest, piece, more.subarray(0, length)]);
    return { buffer, ended: piece.length === 0 };
  }

  #startAhead(): void {
    this.#ahead = this.#read();
    // Told when the piece is asked for.
    this.#ahead.catch(() => {});
  }

  get #buffer(): Buffer {
    const at = this.#turn % 2;
    this.#buffers[at] ??= Buffer.allocUnsafeSlow(headroom + pieceBytes);
    return this.#buffers[at];
  }

  #read(): Promise<number> {
    const want = Math.min(pieceBytes, this.#upTo - this.#position);
    return want > 0 ? this.#fill(this.#buffer.subarray(headroom, headroom + want)) : Promise.resolve(0);
  }

  async #fill(into: Buffer): Promise<number> {
    if (into.length === 0) return 0;
    const { bytesRead } = await this.#file.read(into, 0, into.length, this.#position);
    this.#position += bytesRead;
    return bytesRead;
  }
}
