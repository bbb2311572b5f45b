import { z } from 'zod';
import type { Tensor } from './tensor.ts';

const header = z.record(
  z.string(),
  z.object({
    dtype: z.string(),
    shape: z.array(z.number()),
    data_offsets: z.tuple([z.number(), z.number()]),
  }),
);

/** A file of half-precision tensors by name. Source of the format: huggingface/safetensors, README, "Format". */
export class Safetensors {
  readonly #bytes: Buffer;
  readonly #dataAt: number;
  readonly #header: z.infer<typeof header>;

  constructor(bytes: Buffer) {
    const headerBytes = Number(bytes.readBigUInt64LE(0));
    this.#bytes = bytes;
    this.#dataAt = 8 + headerBytes;
    const { __metadata__, ...tensors } = JSON.parse(bytes.toString('utf8', 8, this.#dataAt));
    this.#header = header.parse(tensors);
  }

  /** A tensor in single precision. */
  tensor(name: string): Tensor {
    const found = this.#header[name];
    if (found?.dtype !== 'F16') throw new Error(`The weights have no half-precision tensor "${name}".`);
    const [start, stop] = found.data_offsets;
    const data = new Float32Array((stop - start) / 2);
    for (let at = 0; at < data.length; at++) {
      data[at] = halfToSingle[this.#bytes.readUInt16LE(this.#dataAt + start + 2 * at)] ?? Number.NaN;
    }
    return { shape: found.shape, data };
  }
}

/** Every half-precision number (IEEE 754 binary16) by its bits. */
const halfToSingle = Float32Array.from({ length: 65_536 }, (_, bits) => {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
  return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
});
