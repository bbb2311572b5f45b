/** Protocol Buffers' wire format, as far as an ONNX file needs it. Source: protobuf.dev, "Encoding". */

const variableLength = 0;
const lengthDelimited = 2;
const fixed32 = 5;

function varint(value: number | bigint): Buffer {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  for (; rest > 127n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
  return Buffer.from([...bytes, Number(rest)]);
}

const tag = (field: number, wireType: number) => varint((field << 3) | wireType);

/** A whole number, or an enumeration's. */
export const integer = (field: number, value: number): Buffer =>
  Buffer.concat([tag(field, variableLength), varint(value)]);

/** A single-precision number. */
export function float(field: number, value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value);
  return Buffer.concat([tag(field, fixed32), bytes]);
}

/** Text. */
export const text = (field: number, value: string): Buffer => bytes(field, Buffer.from(value));

/** Bytes as they are. */
export const bytes = (field: number, value: Buffer): Buffer =>
  Buffer.concat([tag(field, lengthDelimited), varint(value.length), value]);

/** A message inside a message. */
export const message = (field: number, parts: readonly Buffer[]): Buffer =>
  bytes(field, Buffer.concat(parts));
