import {
  Bool,
  type Data,
  type DataType,
  DateDay,
  Float32,
  Float64,
  Int16,
  Int32,
  Int64,
  makeData,
  TimestampMicrosecond,
  Utf8,
} from 'apache-arrow';
import { problem } from '../../../shared/problem.ts';
import { numericText } from './numeric-text.ts';

/** Takes the cells of one column from a binary COPY, one after another. */
export interface ColumnBuilder {
  readonly type: DataType;
  /** The cell whose `length` bytes start at `at`; -1 is null. */
  append(bytes: Uint8Array, view: DataView, at: number, length: number): void;
  finish(): Data;
}

/** Which cells hold a value, one bit each, least significant first, as Arrow wants it. */
class Validity {
  #bits = new Uint8Array(1024);
  #nulls = 0;

  set(row: number, valid: boolean) {
    if (row >> 3 >= this.#bits.length) this.#bits = doubled(this.#bits);
    if (valid) this.#bits[row >> 3] = (this.#bits[row >> 3] as number) | (1 << (row & 7));
    else this.#nulls++;
  }

  finish() {
    return { nullCount: this.#nulls, nullBitmap: this.#nulls > 0 ? this.#bits : null };
  }
}

type Numbers = Int16Array | Int32Array | Float32Array | Float64Array | BigInt64Array | Uint8Array;

function doubled<A extends Numbers>(array: A): A {
  const larger = new (array.constructor as new (length: number) => A)(array.length * 2);
  (larger as Uint8Array).set(array as Uint8Array);
  return larger;
}

/** Cells of a fixed width; `read` takes one from its bytes. */
function fixed<A extends Exclude<Numbers, Uint8Array>>(
  type: DataType,
  make: (length: number) => A,
  read: (view: DataView, at: number) => A[number],
): () => ColumnBuilder {
  return () => {
    let cells = make(1024);
    const validity = new Validity();
    let count = 0;
    return {
      type,
      append(_bytes, view, at, length) {
        if (count >= cells.length) cells = doubled(cells);
        if (length >= 0) (cells as { [at: number]: A[number] })[count] = read(view, at);
        validity.set(count++, length >= 0);
      },
      finish: () =>
        makeData({ type, length: count, data: cells.subarray(0, count), ...validity.finish() } as never),
    };
  };
}

function booleans(): ColumnBuilder {
  const type = new Bool();
  const values = new Validity();
  const validity = new Validity();
  let count = 0;
  return {
    type,
    append(bytes, _view, at, length) {
      values.set(count, length >= 0 && bytes[at] === 1);
      validity.set(count++, length >= 0);
    },
    finish() {
      const data = values.finish().nullBitmap ?? allSet(count);
      return makeData({ type, length: count, data, ...validity.finish() });
    },
  };
}

const allSet = (count: number) => new Uint8Array((count + 7) >> 3).fill(0xff);

/** Text cells; `read` turns bytes into ASCII where they are not text already, `skip` leaves out leading bytes. */
function texts(read?: (view: DataView, at: number) => string, skip = 0): () => ColumnBuilder {
  return () => {
    const type = new Utf8();
    let offsets = new Int32Array(1024);
    let data = new Uint8Array(16_384);
    const validity = new Validity();
    let count = 0;
    let end = 0;
    const put = (source: Uint8Array, from: number, length: number) => {
      while (end + length > data.length) data = doubled(data);
      if (length > 48) data.set(source.subarray(from, from + length), end);
      else for (let i = 0; i < length; i++) data[end + i] = source[from + i] as number;
      end += length;
    };
    const putSigns = (ascii: string) => {
      while (end + ascii.length > data.length) data = doubled(data);
      for (let i = 0; i < ascii.length; i++) data[end + i] = ascii.charCodeAt(i);
      end += ascii.length;
    };
    return {
      type,
      append(bytes, view, at, length) {
        if (length >= 0 && read) putSigns(read(view, at));
        else if (length >= 0) put(bytes, at + skip, length - skip);
        validity.set(count++, length >= 0);
        if (count >= offsets.length) offsets = doubled(offsets);
        offsets[count] = end;
      },
      finish: () =>
        makeData({
          type,
          length: count,
          valueOffsets: offsets.subarray(0, count + 1),
          data: data.subarray(0, end),
          ...validity.finish(),
        }),
    };
  };
}

const unixEpochDay = 10_957;
const unixEpochMicros = 946_684_800_000_000n;
const maxMicros = 2n ** 63n - 1n;

/** Days since 1970; PostgreSQL counts from 2000 and keeps the two ends of the range for the infinities. */
function readDay(view: DataView, at: number): number {
  const day = view.getInt32(at);
  return day === 0x7fffffff || day === -0x80000000 ? day : day + unixEpochDay;
}

function readMicros(view: DataView, at: number): bigint {
  const micros = view.getBigInt64(at);
  if (micros === maxMicros || micros === -maxMicros - 1n) return micros;
  if (micros >= maxMicros - unixEpochMicros) throw beyondArrow();
  return micros + unixEpochMicros;
}

const beyondArrow = () =>
  problem('bad_input', 'A moment lies after 10 January 294247, further than can be shown.', {
    hint: 'Cast it to text: PostgreSQL itself holds years up to 294276.',
  });

function readUuid(view: DataView, at: number): string {
  let text = '';
  for (let i = 0; i < 16; i++) {
    if (i === 4 || i === 6 || i === 8 || i === 10) text += '-';
    text += (view.getUint8(at + i) + 256).toString(16).slice(1);
  }
  return text;
}

const micros = (zone: string | null) =>
  fixed(
    new TimestampMicrosecond(zone),
    (length) => new BigInt64Array(length),
    (view, at) => readMicros(view, at),
  );

const builders: Readonly<Record<string, () => ColumnBuilder>> = {
  boolean: booleans,
  smallint: fixed(
    new Int16(),
    (length) => new Int16Array(length),
    (view, at) => view.getInt16(at),
  ),
  integer: fixed(
    new Int32(),
    (length) => new Int32Array(length),
    (view, at) => view.getInt32(at),
  ),
  bigint: fixed(
    new Int64(),
    (length) => new BigInt64Array(length),
    (view, at) => view.getBigInt64(at),
  ),
  real: fixed(
    new Float32(),
    (length) => new Float32Array(length),
    (view, at) => view.getFloat32(at),
  ),
  'double precision': fixed(
    new Float64(),
    (length) => new Float64Array(length),
    (view, at) => view.getFloat64(at),
  ),
  date: fixed(new DateDay(), (length) => new Int32Array(length), readDay),
  'timestamp without time zone': micros(null),
  'timestamp with time zone': micros('UTC'),
  numeric: texts(numericText),
  uuid: texts(readUuid),
  text: texts(),
  'character varying': texts(),
  json: texts(),
  jsonb: texts(undefined, 1),
};

/** A builder for a column of this PostgreSQL type, or nothing where it must be cast to text first. */
export const builderFor = (type: string): (() => ColumnBuilder) | undefined =>
  builders[type.replace(/\([^)]*\)/, '')];

/** For columns that were cast to text. */
export const textBuilder: () => ColumnBuilder = texts();
