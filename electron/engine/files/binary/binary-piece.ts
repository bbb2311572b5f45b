const signature = Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1');
/** The signature, no flags, and no extension. */
const headerBytes = signature.length + 8;
const trailerBytes = 2;

/**
 * Bytes of rows on their way into a binary COPY. They are shared with the database's thread, which spares a copy: what
 * was sent must not be written to until it was taken.
 * Format: PostgreSQL documentation, COPY, "Binary Format".
 */
export class BinaryPiece {
  bytes: Uint8Array;
  size = headerBytes;
  #view: DataView;

  constructor(capacity: number) {
    this.bytes = new Uint8Array(new SharedArrayBuffer(capacity));
    this.#view = new DataView(this.bytes.buffer);
    this.#begin();
  }

  #begin(): void {
    this.bytes.fill(0, 0, headerBytes);
    this.bytes.set(signature);
  }

  /** Makes room for so many more bytes: asked once for a row, not for each value. */
  reserve(more: number): void {
    const wanted = this.size + more + trailerBytes;
    if (wanted <= this.bytes.length) return;
    const larger = new Uint8Array(new SharedArrayBuffer(wanted * 2));
    larger.set(this.bytes.subarray(0, this.size));
    this.bytes = larger;
    this.#view = new DataView(larger.buffer);
  }

  int16(value: number): void {
    this.#view.setInt16(this.size, value);
    this.size += 2;
  }

  int32(value: number): void {
    this.#view.setInt32(this.size, value);
    this.size += 4;
  }

  /** A whole number of up to 2^53. */
  int64(value: number): void {
    const high = Math.floor(value / 2 ** 32);
    this.#view.setInt32(this.size, high);
    this.#view.setUint32(this.size + 4, value - high * 2 ** 32);
    this.size += 8;
  }

  /** `seconds` and a part of one as microseconds, which may be more than 2^53. */
  micros(seconds: number, fraction: number): void {
    const upper = Math.floor(seconds / 65_536);
    const lower = (seconds - upper * 65_536) * 1e6 + fraction;
    const carried = Math.floor(lower / 65_536);
    const high = upper * 1e6 + carried;
    const top = Math.floor(high / 65_536);
    this.#view.setInt32(this.size, top);
    this.#view.setUint32(this.size + 4, (high - top * 65_536) * 65_536 + lower - carried * 65_536);
    this.size += 8;
  }

  bigint(value: bigint): void {
    this.#view.setBigInt64(this.size, value);
    this.size += 8;
  }

  double(value: number): void {
    this.#view.setFloat64(this.size, value);
    this.size += 8;
  }

  /** Copies bytes; by hand, because a call for each cell costs more than short cells do. */
  copy(from: Uint8Array, start: number, end: number): void {
    if (end - start > 64) {
      this.bytes.set(from.subarray(start, end), this.size);
      this.size += end - start;
      return;
    }
    const to = this.bytes;
    let size = this.size;
    for (let at = start; at < end; at++) to[size++] = from[at] as number;
    this.size = size;
  }

  /** What was written, with its end; good until the piece is cleared. */
  finished(): Uint8Array {
    this.#view.setInt16(this.size, -1);
    return this.bytes.subarray(0, this.size + trailerBytes);
  }

  clear(): void {
    this.size = headerBytes;
    this.#begin();
  }
}
