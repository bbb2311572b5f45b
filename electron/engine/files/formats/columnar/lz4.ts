const magic = 0x184d2204;
const [hasDictionary, hasContentSum, hasSize, hasBlockSum] = [0x01, 0x04, 0x08, 0x10];

/** Unpacks an LZ4 frame, as Arrow compresses the columns of a file. Checksums are not compared. */
export function unpackLz4(bytes: Uint8Array): Uint8Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const out = new Growing(bytes.length * 4);
  let at = 0;
  while (at + 7 <= bytes.length && view.getUint32(at, true) === magic) {
    const flags = view.getUint8(at + 4);
    at += 7 + (flags & hasSize ? 8 : 0) + (flags & hasDictionary ? 4 : 0);
    for (;;) {
      const length = view.getUint32(at, true);
      at += 4;
      if (length === 0) break;
      const packed = bytes.subarray(at, at + (length & 0x7fffffff));
      if (length >>> 31) out.append(packed);
      else unpackBlock(packed, out);
      at += packed.length + (flags & hasBlockSum ? 4 : 0);
    }
    if (flags & hasContentSum) at += 4;
  }
  return out.bytes();
}

/** Unpacks one block without a frame around it, as Parquet stores them. */
export function unpackLz4Block(bytes: Uint8Array): Uint8Array {
  const out = new Growing(bytes.length * 4);
  unpackBlock(bytes, out);
  return out.bytes();
}

/** What has been unpacked so far, which later parts are copied from. */
class Growing {
  #room: Uint8Array;
  #size = 0;

  constructor(room: number) {
    this.#room = new Uint8Array(room);
  }

  append(bytes: Uint8Array): void {
    this.#reserve(bytes.length);
    this.#room.set(bytes, this.#size);
    this.#size += bytes.length;
  }

  /** Repeats what was written `back` bytes ago; the two may overlap. */
  repeat(back: number, length: number): void {
    if (back === 0 || back > this.#size) throw new Error('LZ4 data are damaged');
    this.#reserve(length);
    const room = this.#room;
    for (let end = this.#size + length; this.#size < end; this.#size++) {
      room[this.#size] = room[this.#size - back] as number;
    }
  }

  bytes(): Uint8Array {
    return this.#room.slice(0, this.#size);
  }

  #reserve(more: number): void {
    if (this.#size + more <= this.#room.length) return;
    const larger = new Uint8Array((this.#size + more) * 2);
    larger.set(this.#room.subarray(0, this.#size));
    this.#room = larger;
  }
}

/** One block: literals, then a copy of what was written before, over and over. */
function unpackBlock(block: Uint8Array, out: Growing): void {
  let at = 0;
  const length = (nibble: number) => {
    let sum = nibble;
    for (let more = nibble === 15 ? 255 : 0; more === 255; sum += more) more = block[at++] ?? 0;
    return sum;
  };
  while (at < block.length) {
    const token = block[at++] as number;
    const literals = length(token >> 4);
    out.append(block.subarray(at, at + literals));
    at += literals;
    if (at >= block.length) return;
    const back = (block[at] as number) | ((block[at + 1] as number) << 8);
    at += 2;
    out.repeat(back, length(token & 15) + 4);
  }
}
