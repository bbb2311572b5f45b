import { cellText } from '../../../../../shared/cell-text.ts';
import { bytesText } from '../columnar/bytes-text.ts';
import type { ColumnTally } from '../columnar/column-tally.ts';
import { decimalText, decimalType } from '../columnar/decimal-text.ts';
import { clockText } from '../columnar/interval-text.ts';
import { isDecimal, type SchemaNode } from './schema-node.ts';

/** How the values of a part of a Parquet file that holds no others come to PostgreSQL. */
export interface PlainValues {
  readonly type: string;
  /** True where JSON has them without quotes. */
  readonly bare: boolean;
  write(value: unknown): string;
}

/** How they come to PostgreSQL; null for kinds that are left to DuckDB. */
export function plainValues(node: SchemaNode, tally: ColumnTally): PlainValues | null {
  const { type, converted_type: converted, logical_type: logical, type_length } = node.element;
  if (isDecimal(node)) return decimal(node);
  if (logical?.type === 'DATE' || converted === 'DATE')
    return { type: 'date', bare: false, write: (value) => cellText(Number(value), 'date') };
  if (logical?.type === 'TIMESTAMP') return moment(logical.unit, logical.isAdjustedToUTC, tally);
  if (converted === 'TIMESTAMP_MILLIS') return moment('MILLIS', true, tally);
  if (converted === 'TIMESTAMP_MICROS') return moment('MICROS', true, tally);
  if (logical?.type === 'UUID' && type_length === 16) return uuid;
  if (logical?.type === 'STRING' || converted === 'UTF8' || converted === 'ENUM') return text(tally);
  if (logical?.type === 'JSON' || converted === 'JSON') return text(tally);
  if (logical?.type === 'TIME') return time(logical.unit, tally);
  if (converted === 'TIME_MILLIS') return time('MILLIS', tally);
  if (converted === 'TIME_MICROS') return time('MICROS', tally);
  const isInteger = logical?.type === 'INTEGER' || /^U?INT_\d+$/.test(converted ?? '');
  if ((logical || converted) && !isInteger) return null;
  return type === undefined ? null : (unannotated(node) ?? null);
}

const plain = (type: string): PlainValues => ({ type, bare: true, write: String });

function unannotated({ element }: SchemaNode): PlainValues | undefined {
  const { type, logical_type: logical, converted_type: converted } = element;
  const unsigned = (logical?.type === 'INTEGER' && !logical.isSigned) || (converted ?? '').startsWith('UINT');
  if (type === 'BOOLEAN') return plain('boolean');
  if (type === 'INT32')
    return unsigned
      ? { type: 'bigint', bare: true, write: (value) => String(Number(value) >>> 0) }
      : plain('integer');
  if (type === 'INT64')
    return unsigned
      ? { type: 'numeric', bare: true, write: (value) => String(BigInt.asUintN(64, BigInt(value as bigint))) }
      : plain('bigint');
  if (type === 'FLOAT')
    return { type: 'real', bare: true, write: (value) => cellText(Number(value), 'real') };
  if (type === 'DOUBLE')
    return {
      type: 'double precision',
      bare: true,
      write: (value) => cellText(Number(value), 'double precision'),
    };
  return type === 'BYTE_ARRAY' || type === 'FIXED_LEN_BYTE_ARRAY' ? bytes : undefined;
}

const bufferOf = (value: unknown) => {
  const { buffer, byteOffset, byteLength } = value as Uint8Array;
  return Buffer.from(buffer, byteOffset, byteLength);
};
const hex = (value: unknown) => bufferOf(value).toString('hex');

const bytes: PlainValues = { type: 'bytea', bare: false, write: (value) => `\\x${hex(value)}` };

const text = (tally: ColumnTally): PlainValues => ({
  type: 'text',
  bare: false,
  write: (value) => bytesText(value as Uint8Array, tally),
});

const uuid: PlainValues = {
  type: 'uuid',
  bare: false,
  write: (value) => hex(value).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5'),
};

function decimal({ element }: SchemaNode): PlainValues {
  const said = element.logical_type?.type === 'DECIMAL' ? element.logical_type : element;
  const scale = said.scale ?? 0;
  return {
    type: decimalType(said.precision ?? 0, scale),
    bare: true,
    write: (value) =>
      decimalText(value instanceof Uint8Array ? signed(value) : BigInt(value as bigint), scale),
  };
}

/** A number in two's complement, highest byte first. */
const signed = (bytes: Uint8Array): bigint =>
  bytes.length === 0 ? 0n : BigInt.asIntN(bytes.length * 8, BigInt(`0x${hex(bytes)}`));

type Unit = 'MILLIS' | 'MICROS' | 'NANOS';

function micros(value: unknown, unit: Unit, tally: ColumnTally): bigint {
  const stored = BigInt(value as bigint);
  if (unit === 'NANOS' && stored % 1000n !== 0n) tally.cuts++;
  if (unit === 'NANOS') return stored / 1000n;
  return unit === 'MILLIS' ? stored * 1000n : stored;
}

const time = (unit: Unit, tally: ColumnTally): PlainValues => ({
  type: 'time without time zone',
  bare: false,
  write: (value) => clockText(micros(value, unit, tally)),
});

function moment(unit: Unit, zoned: boolean, tally: ColumnTally): PlainValues {
  const type = zoned ? 'timestamp with time zone' : 'timestamp without time zone';
  return {
    type,
    bare: false,
    write: (value) => cellText(micros(value, unit, tally), type),
  };
}
