import type { DuckDBDateValue, DuckDBTimestampValue, DuckDBValue } from '@duckdb/node-api';
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
import type { Column } from '../../../shared/column.ts';
import { arrowOf } from '../database/arrow-rows.ts';

type Values = readonly DuckDBValue[];

const lastDay = 0x7fffffff;
const lastMicro = 2n ** 63n - 1n;

/** DuckDB's -infinity is one more than PostgreSQL's. */
const dayOf = (value: DuckDBValue) => {
  const { days } = value as DuckDBDateValue;
  return days === -lastDay ? -lastDay - 1 : days;
};
const microOf = (value: DuckDBValue) => {
  const { micros } = value as DuckDBTimestampValue;
  return micros === -lastMicro ? -lastMicro - 1n : micros;
};

interface Fixed {
  readonly type: DataType;
  readonly make: (length: number) => Int16Array | Int32Array | BigInt64Array | Float32Array | Float64Array;
  readonly read?: (value: DuckDBValue) => number | bigint;
}

const micros = (zone: string | null): Fixed => ({
  type: new TimestampMicrosecond(zone),
  make: (length) => new BigInt64Array(length),
  read: microOf,
});

const fixed: Readonly<Record<string, Fixed>> = {
  smallint: { type: new Int16(), make: (length) => new Int16Array(length) },
  integer: { type: new Int32(), make: (length) => new Int32Array(length) },
  bigint: { type: new Int64(), make: (length) => new BigInt64Array(length) },
  real: { type: new Float32(), make: (length) => new Float32Array(length) },
  'double precision': { type: new Float64(), make: (length) => new Float64Array(length) },
  date: { type: new DateDay(), make: (length) => new Int32Array(length), read: dayOf },
  'timestamp without time zone': micros(null),
  'timestamp with time zone': micros('UTC'),
};

/** Pages of a copy as the Arrow bytes that PostgreSQL's own pages are. */
export function arrowFromDuck(columns: readonly Column[], values: readonly Values[]): Uint8Array {
  const rows = values[0]?.length ?? 0;
  const children = columns.map(({ type }, at) => dataOf(type, values[at] ?? []));
  return arrowOf(columns, children, rows);
}

function dataOf(type: string, values: Values): Data {
  if (type === 'boolean') return booleans(values);
  const known = fixed[type.replace(/\([^)]*\)/, '')];
  return known ? numbers(known, values) : texts(values);
}

function validity(values: Values) {
  const nullBitmap = new Uint8Array((values.length + 7) >> 3);
  let nullCount = 0;
  values.forEach((value, at) => {
    if (value === null) nullCount++;
    else nullBitmap[at >> 3] = (nullBitmap[at >> 3] as number) | (1 << (at & 7));
  });
  return { length: values.length, nullCount, nullBitmap: nullCount > 0 ? nullBitmap : null };
}

function numbers({ type, make, read }: Fixed, values: Values): Data {
  const data = make(values.length) as { [at: number]: unknown } & ReturnType<Fixed['make']>;
  values.forEach((value, at) => {
    if (value !== null) (data as { [at: number]: unknown })[at] = read ? read(value) : value;
  });
  return makeData({ type, data, ...validity(values) } as never);
}

function booleans(values: Values): Data {
  const data = new Uint8Array((values.length + 7) >> 3);
  values.forEach((value, at) => {
    if (value === true) data[at >> 3] = (data[at >> 3] as number) | (1 << (at & 7));
  });
  return makeData({ type: new Bool(), data, ...validity(values) });
}

function texts(values: Values): Data {
  const encoder = new TextEncoder();
  const pieces = values.map((value) => (value === null ? undefined : encoder.encode(String(value))));
  const valueOffsets = new Int32Array(values.length + 1);
  pieces.forEach((piece, at) => {
    valueOffsets[at + 1] = (valueOffsets[at] as number) + (piece?.length ?? 0);
  });
  const data = new Uint8Array(valueOffsets[values.length] as number);
  pieces.forEach((piece, at) => {
    if (piece) data.set(piece, valueOffsets[at]);
  });
  return makeData({ type: new Utf8(), valueOffsets, data, ...validity(values) });
}
