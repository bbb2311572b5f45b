import { type DataType, type Decimal, type Field, TimeUnit, Type, type Vector } from 'apache-arrow';
import { cellText } from '../../../../../shared/cell-text.ts';
import { cutWords } from './cut-moments.ts';

/** A column of Arrow's as PostgreSQL has it, and how its cells are written. */
export interface ArrowColumn {
  readonly type: string;
  readonly reason: string;
  /** A cell's text; null for none. */
  read(column: Vector, row: number): string | null;
  /** Cells of which PostgreSQL did not keep all. */
  cut(): number;
}

type Write = (value: unknown) => string;

interface Known {
  readonly type: string;
  readonly write: Write;
  readonly loses?: string;
}

const plain = (type: string): Known => ({ type, write: String });

/** How a field's values come to PostgreSQL. */
export function arrowColumn({ type }: Field): ArrowColumn {
  const { type: pg, write, loses } = knownType(type);
  let cuts = 0;
  return {
    type: pg,
    reason: `the file says ${String(type)}${loses ? `; ${loses}` : ''}`,
    read: (column, row) => {
      const value = stored(type, column, row);
      if (loses && typeof value === 'bigint' && value % 1000n !== 0n) cuts++;
      return value === null || value === undefined ? null : write(value);
    },
    cut: () => cuts,
  };
}

/** Moments are taken as they are stored, because Arrow's own getter gives milliseconds and loses the rest. */
function stored(type: DataType, column: Vector, row: number): unknown {
  const [data] = column.data;
  if (type.typeId !== Type.Timestamp || !data) return column.get(row);
  return data.getValid(row) ? (data.values as BigInt64Array)[row] : null;
}

function knownType(type: DataType): Known {
  const { typeId } = type;
  if (typeId === Type.Int) return integer(type as DataType & { bitWidth: number; isSigned: boolean });
  if (typeId === Type.Float) return float((type as DataType & { precision: number }).precision);
  if (typeId === Type.Decimal) return decimal(type as Decimal);
  if (typeId === Type.Timestamp)
    return timestamp(type as DataType & { unit: TimeUnit; timezone?: string | null });
  if (typeId === Type.Dictionary) return knownType((type as DataType & { dictionary: DataType }).dictionary);
  if ([Type.List, Type.LargeList, Type.FixedSizeList].includes(typeId))
    return list(type as DataType & { children: Field[] });
  if (typeId === Type.Struct || typeId === Type.Map) return json(type);
  const simple: Partial<Record<Type, Known>> = {
    [Type.Bool]: plain('boolean'),
    [Type.Utf8]: plain('text'),
    [Type.LargeUtf8]: plain('text'),
    [Type.Utf8View]: plain('text'),
    [Type.Binary]: bytes,
    [Type.LargeBinary]: bytes,
    [Type.BinaryView]: bytes,
    [Type.FixedSizeBinary]: bytes,
    [Type.Date]: { type: 'date', write: (value) => cellText(Math.floor(Number(value) / 86_400_000), 'date') },
    [Type.Time]: time(type as DataType & { unit: TimeUnit }),
    [Type.Null]: plain('text'),
  };
  return simple[typeId] ?? plain('text');
}

const bytes: Known = {
  type: 'bytea',
  write: (value) => `\\x${Buffer.from(value as Uint8Array).toString('hex')}`,
};
const json = (type: DataType): Known => ({ type: 'jsonb', write: jsonWriter(type) });

function integer({ bitWidth, isSigned }: { readonly bitWidth: number; readonly isSigned: boolean }): Known {
  const bits = isSigned ? bitWidth : bitWidth + 1;
  const wide = bits > 64 ? 'numeric' : 'bigint';
  return plain(bits <= 16 ? 'smallint' : bits <= 32 ? 'integer' : wide);
}

/** Half, single and double. */
const float = (precision: number): Known =>
  precision === 2
    ? plain('double precision')
    : { type: 'real', write: (value) => cellText(Number(value), 'real') };

/** Digits left out before the point, or behind it, count as ones that are there: older servers know no such scales. */
function decimal({ precision, scale }: Decimal): Known {
  return {
    type: `numeric(${Math.max(precision, scale) + Math.max(0, -scale)},${Math.max(0, scale)})`,
    write: (value) => decimalText(value as Uint32Array, scale),
  };
}

/** A decimal's words are a number in two's complement, lowest first. */
function decimalText(words: Uint32Array, scale: number): string {
  let number = 0n;
  for (let at = words.length - 1; at >= 0; at--) number = (number << 32n) | BigInt(words[at] as number);
  const signed = BigInt.asIntN(words.length * 32, number);
  if (scale < 0) return String(signed * 10n ** BigInt(-scale));
  const digits = String(signed < 0n ? -signed : signed).padStart(scale + 1, '0');
  const point = digits.length - scale;
  return `${signed < 0n ? '-' : ''}${digits.slice(0, point)}${scale > 0 ? `.${digits.slice(point)}` : ''}`;
}

const microseconds: Readonly<Record<TimeUnit, (value: bigint) => bigint>> = {
  [TimeUnit.SECOND]: (value) => value * 1_000_000n,
  [TimeUnit.MILLISECOND]: (value) => value * 1000n,
  [TimeUnit.MICROSECOND]: (value) => value,
  [TimeUnit.NANOSECOND]: (value) => value / 1000n,
};

const cut = { loses: cutWords };

function timestamp({
  unit,
  timezone,
}: {
  readonly unit: TimeUnit;
  readonly timezone?: string | null;
}): Known {
  const type = timezone ? 'timestamp with time zone' : 'timestamp without time zone';
  return {
    type,
    write: (value) => cellText(microsOf(value as bigint | number, unit), type),
    ...(unit === TimeUnit.NANOSECOND ? cut : {}),
  };
}

/** In a nested value a moment comes as milliseconds, whatever its unit. */
const microsOf = (value: bigint | number, unit: TimeUnit) =>
  typeof value === 'bigint' ? microseconds[unit](value) : BigInt(Math.round(value * 1000));

function time({ unit }: { readonly unit: TimeUnit }): Known {
  return {
    type: 'time without time zone',
    write: (value) => {
      const micros = microseconds[unit]?.(BigInt(value as number | bigint)) ?? 0n;
      return cellText(micros, 'timestamp without time zone').slice(11);
    },
    ...(unit === TimeUnit.NANOSECOND ? cut : {}),
  };
}

const listed = /^(smallint|integer|bigint|numeric|real|double precision|boolean|text|date)/;

/** Lists of plain values are arrays; they are written as JSON until they are copied. */
function list(type: DataType & { readonly children: readonly Field[] }): Known {
  const [child] = type.children;
  const element = child && knownType(child.type);
  if (!element || !listed.test(element.type) || element.type.endsWith('[]')) return json(type);
  const quoted = /^(text|date)/.test(element.type);
  const write = (value: unknown) => {
    if (value === null || value === undefined) return 'null';
    return quoted ? JSON.stringify(element.write(value)) : element.write(value);
  };
  return {
    type: `${element.type}[]`,
    write: (value) => `[${Array.from(value as Iterable<unknown>, write).join(',')}]`,
  };
}

const numbered = [Type.Int, Type.Float, Type.Decimal];

/** Types that are not nested say null. */
const childrenOf = (type: DataType): readonly Field[] =>
  (type as { readonly children?: readonly Field[] | null }).children ?? [];

/** How nested values are written as JSON: numbers with every digit, moments and bytes as texts. */
function jsonWriter(type: DataType): Write {
  const { typeId } = type;
  const inner = childrenOf(type).map(({ name, type: own }) => ({
    name: JSON.stringify(name),
    key: name,
    write: orNull(own),
  }));
  const [first] = inner;
  if (typeId === Type.Struct)
    return (value) =>
      `{${inner.map(({ name, key, write }) => `${name}:${write((value as Record<string, unknown>)[key])}`).join(',')}}`;
  if (typeId === Type.Map) return mapWriter(childrenOf(type)[0]?.type);
  if (first && [Type.List, Type.LargeList, Type.FixedSizeList].includes(typeId))
    return (value) => `[${Array.from(value as Iterable<unknown>, first.write).join(',')}]`;
  if (typeId === Type.Dictionary) return jsonWriter((type as DataType & { dictionary: DataType }).dictionary);
  const { write, type: pg } = knownType(type);
  if (pg === 'boolean') return String;
  const isNumber = numbered.includes(typeId);
  return (value) => {
    const text = write(value);
    return isNumber && /^-?\d/.test(text) ? text : JSON.stringify(text);
  };
}

function orNull(type: DataType): Write {
  const write = jsonWriter(type);
  return (value) => (value === null || value === undefined ? 'null' : write(value));
}

/** A map's entries are structs of a key and a value. */
function mapWriter(entries: DataType | undefined): Write {
  const own = entries && childrenOf(entries)[1];
  const write = own ? orNull(own.type) : JSON.stringify;
  return (value) => {
    const members = Array.from(value as Iterable<[unknown, unknown]>);
    return `{${members.map(([key, member]) => `${JSON.stringify(String(key))}:${write(member)}`).join(',')}}`;
  };
}
