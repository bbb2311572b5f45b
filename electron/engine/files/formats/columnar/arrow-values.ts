import {
  Binary,
  BinaryView,
  type Data,
  type DataType,
  DateUnit,
  type Decimal,
  IntervalUnit,
  LargeBinary,
  Precision,
  TimeUnit,
  Type,
  Vector,
} from 'apache-arrow';
import { cellText } from '../../../../../shared/cell-text.ts';
import { bytesText } from './bytes-text.ts';
import type { ColumnTally } from './column-tally.ts';
import { cutWords } from './cut-moments.ts';
import { decimalText, decimalType } from './decimal-text.ts';
import { clockText, monthsText } from './interval-text.ts';

/** Gives a row's text; null for none. */
export type ReadRow = (row: number) => string | null;

/** How values of one of Arrow's types come to PostgreSQL. */
export interface ArrowValues {
  readonly type: string;
  /** True where JSON has them without quotes. */
  readonly bare?: boolean;
  /** What is not kept of them, in words. */
  readonly loses?: string | undefined;
  /** Reads them in one batch, as they are stored where Arrow's own getter would lose of them. */
  open(data: Data): ReadRow;
}

/** Reads what stands behind each row that has a value. */
export const eachValid =
  (data: Data, write: (row: number) => string): ReadRow =>
  (row) =>
    data.getValid(row) ? write(row) : null;

/** Values that Arrow's own getter gives whole. */
const got = (type: string, write: (value: unknown) => string = String, bare = false): ArrowValues => ({
  type,
  bare,
  open: (data) => {
    const vector = new Vector([data]);
    return eachValid(data, (row) => write(vector.get(row)));
  },
});

/** Values by the number that is stored for them. */
const stored = (type: string, write: (value: bigint) => string, loses?: string): ArrowValues => ({
  type,
  loses,
  open: (data) => {
    const numbers = data.values as BigInt64Array | Int32Array;
    return eachValid(data, (row) => write(BigInt(numbers[row] as bigint | number)));
  },
});

/** How values of a type that holds no others come to PostgreSQL; what is not known as text. */
export function plainValues(type: DataType, tally: ColumnTally): ArrowValues {
  const make = makers[type.typeId as Type];
  return make ? make(type as never, tally) : got('text');
}

type Maker = (type: never, tally: ColumnTally) => ArrowValues;

const bytes = () => got('bytea', (value) => `\\x${Buffer.from(value as Uint8Array).toString('hex')}`);

const makers: Partial<Record<Type, Maker>> = {
  [Type.Null]: () => ({ type: 'text', open: () => () => null }),
  [Type.Bool]: () => got('boolean', String, true),
  [Type.Int]: integer,
  [Type.Float]: float,
  [Type.Decimal]: decimal,
  [Type.Date]: date,
  [Type.Time]: time,
  [Type.Timestamp]: timestamp,
  [Type.Duration]: duration,
  [Type.Interval]: interval,
  [Type.Utf8]: (_type, tally) => text(new Binary(), tally),
  [Type.LargeUtf8]: (_type, tally) => text(new LargeBinary(), tally),
  [Type.Utf8View]: (_type, tally) => text(new BinaryView(), tally),
  [Type.Binary]: bytes,
  [Type.LargeBinary]: bytes,
  [Type.BinaryView]: bytes,
  [Type.FixedSizeBinary]: bytes,
};

function integer({ bitWidth, isSigned }: { readonly bitWidth: number; readonly isSigned: boolean }) {
  const bits = isSigned ? bitWidth : bitWidth + 1;
  const wide = bits > 64 ? 'numeric' : 'bigint';
  return got(bits <= 16 ? 'smallint' : bits <= 32 ? 'integer' : wide, String, true);
}

function float({ precision }: { readonly precision: number }) {
  return precision === Precision.DOUBLE
    ? got('double precision', String, true)
    : got('real', (value) => cellText(Number(value), 'real'), true);
}

function decimal({ precision, scale }: Decimal) {
  const write = (value: unknown) => decimalText(wordsValue(value as Uint32Array), scale);
  return got(decimalType(precision, scale), write, true);
}

/** A decimal's words are a number in two's complement, lowest first. */
function wordsValue(words: Uint32Array): bigint {
  let number = 0n;
  for (let at = words.length - 1; at >= 0; at--) number = (number << 32n) | BigInt(words[at] as number);
  return BigInt.asIntN(words.length * 32, number);
}

/** By its bytes, because Arrow's own getter takes U+FEFF from its beginning. */
function text(asBytes: DataType, tally: ColumnTally): ArrowValues {
  return {
    type: 'text',
    open: (data) => {
      const raw = new Vector([data.clone(asBytes as never)]);
      return eachValid(data, (row) => bytesText(raw.get(row) as unknown as Uint8Array, tally));
    },
  };
}

function farthest(written: string, tally: ColumnTally): string {
  if (written.endsWith('infinity')) tally.farthest++;
  return written;
}

function date({ unit }: { readonly unit: DateUnit }, tally: ColumnTally): ArrowValues {
  const write = (day: number) => farthest(cellText(day, 'date'), tally);
  return unit === DateUnit.DAY
    ? stored('date', (day) => write(Number(day)))
    : got('date', (value) => write(Math.floor(Number(value) / 86_400_000)));
}

/** Microseconds; what else nanoseconds hold is counted. */
function toMicros(unit: TimeUnit, tally: ColumnTally): (value: bigint) => bigint {
  if (unit === TimeUnit.SECOND) return (value) => value * 1_000_000n;
  if (unit === TimeUnit.MILLISECOND) return (value) => value * 1000n;
  if (unit === TimeUnit.MICROSECOND) return (value) => value;
  return (value) => {
    if (value % 1000n !== 0n) tally.cuts++;
    return value / 1000n;
  };
}

const losesIn = (unit: TimeUnit) => (unit === TimeUnit.NANOSECOND ? cutWords : undefined);

function timestamp(
  { unit, timezone }: { readonly unit: TimeUnit; readonly timezone?: string | null },
  tally: ColumnTally,
): ArrowValues {
  const type = timezone ? 'timestamp with time zone' : 'timestamp without time zone';
  const micros = toMicros(unit, tally);
  return stored(type, (value) => farthest(cellText(micros(value), type), tally), losesIn(unit));
}

function time({ unit }: { readonly unit: TimeUnit }, tally: ColumnTally): ArrowValues {
  const micros = toMicros(unit, tally);
  return stored('time without time zone', (value) => clockText(micros(value)), losesIn(unit));
}

function duration({ unit }: { readonly unit: TimeUnit }, tally: ColumnTally): ArrowValues {
  const micros = toMicros(unit, tally);
  return stored('interval', (value) => clockText(micros(value)), losesIn(unit));
}

/** Months, days and a time of day, which PostgreSQL keeps apart as well. */
function interval({ unit }: { readonly unit: IntervalUnit }, tally: ColumnTally): ArrowValues {
  const nanoseconds = toMicros(TimeUnit.NANOSECOND, tally);
  const parts: Record<IntervalUnit, (values: Int32Array, row: number) => string> = {
    [IntervalUnit.YEAR_MONTH]: (values, row) => monthsText(values[row] as number, 0, 0n),
    [IntervalUnit.DAY_TIME]: (values, row) =>
      monthsText(0, values[row * 2] as number, BigInt(values[row * 2 + 1] as number) * 1000n),
    [IntervalUnit.MONTH_DAY_NANO]: (values, row) => {
      const [months = 0, days = 0, low = 0, high = 0] = values.subarray(row * 4, row * 4 + 4);
      return monthsText(months, days, nanoseconds((BigInt(high) << 32n) | BigInt(low >>> 0)));
    },
  };
  return {
    type: 'interval',
    loses: unit === IntervalUnit.MONTH_DAY_NANO ? cutWords : undefined,
    open: (data) => eachValid(data, (row) => parts[unit](data.values as Int32Array, row)),
  };
}
