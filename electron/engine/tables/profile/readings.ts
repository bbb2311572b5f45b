import { type Column, typeFamily } from '../../../../shared/column.ts';
import { ident, join, type Sql, sql, typeName } from '../../../../shared/sql.ts';
import type { CopiedColumn } from '../../columns/copy.ts';
import { fromFirst } from './deviation.ts';

/** How the values of a column are compared, ordered and placed on a line, in one of the two engines. */
export interface Reading {
  readonly column: Column;
  /** The value, in a type that has equality. */
  readonly value: Sql;
  /** True where the values have an order worth telling the ends of. */
  readonly ordered: boolean;
  /** Finite values as numbers, to average and count in steps. */
  readonly place?: Sql;
  /** True of finite numbers, where `place` may leave some out that are too large. */
  readonly finite?: (value: Sql) => Sql;
  /** What the deviation is taken of, where numbers `v` have more digits than `place` keeps; `f` is the first of them. */
  readonly spread?: Sql;
  readonly isNumber: boolean;
  readonly isText: boolean;
  /** The day of a date or time; nothing where it is infinite. */
  readonly day?: Sql;
  /** A value as the engine's text. */
  readonly written: (value: Sql) => Sql;
  /** That text as PostgreSQL writes it. */
  readonly shown: (text: string) => string;
  /** The same for a day. */
  readonly shownDay: (text: string) => string;
  /** The quantiles of some numbers as one text, a list in the order asked for: the numbers are put in order once for all. */
  readonly quantiles: (place: Sql, shares: readonly number[]) => Sql;
}

const families = {
  number: ['integer', 'decimal', 'float'],
  time: ['date', 'timestamp', 'timestamptz'],
  ordered: ['text', 'time', 'boolean', 'uuid'],
};

/** Zero and minus zero are one value, and are to look like one. */
const unsigned = (value: Sql, type: string) => sql`(${value} + cast(0 as ${typeName(type)}))`;

const finiteNumber = (value: Sql) =>
  sql`case when ${value} between -1e300 and 1e300 then cast(${value} as double precision) end`;

const areFinite = (type: Sql) => (value: Sql) => sql`abs(${value}) < cast('Infinity' as ${type})`;

const finiteTime = (value: Sql) =>
  sql`case when isfinite(${value}) then cast(extract(epoch from ${value}) as double precision) end`;

function partsOf(
  column: Column,
  value: Sql,
): Pick<Reading, 'ordered' | 'isNumber' | 'isText' | 'place' | 'finite' | 'day'> {
  const family = typeFamily(column.type);
  const isNumber = families.number.includes(family);
  const isTime = families.time.includes(family);
  const place = family === 'integer' ? sql`cast(${value} as double precision)` : finiteNumber(value);
  return {
    isNumber,
    isText: family === 'text',
    ordered: isNumber || isTime || families.ordered.includes(family),
    ...(isNumber ? { place } : {}),
    ...(family === 'float' ? { finite: areFinite(typeName(column.type)) } : {}),
    ...(isTime
      ? {
          place: finiteTime(value),
          day: sql`case when isfinite(${value}) then cast(${value} as date) end`,
        }
      : {}),
  };
}

const isLong = ({ type }: Column) => type === 'bigint' || typeFamily(type) === 'decimal';

const listed = (numbers: readonly number[]) => join(numbers.map((one) => sql`${one}::float8`));

/** A column as PostgreSQL reads it. */
export function postgresReading(column: Column): Reading {
  const { name, type } = column;
  const family = typeFamily(type);
  const native = [...families.number, ...families.time, 'text', 'time'].includes(family);
  const plain = native ? ident(name) : sql`${ident(name)}::text`;
  const value = family === 'float' ? unsigned(plain, type) : plain;
  return {
    column,
    value,
    ...partsOf(column, value),
    ...(family === 'decimal' ? { finite: areFinite(sql`numeric`) } : {}),
    ...(isLong(column) ? { spread: sql`v` } : {}),
    written: (given) => (type === 'numeric' ? sql`trim_scale(${given})::text` : sql`${given}::text`),
    shown: (text) => text,
    shownDay: (text) => text,
    quantiles: (place, shares) =>
      sql`percentile_cont(array[${listed(shares)}]) within group (order by ${place})::text`,
  };
}

/** A column as its copy is read. */
export function copyReading(column: CopiedColumn): Reading {
  const family = typeFamily(column.type);
  const plain = ident(column.key ?? column.cells);
  const value = family === 'float' ? unsigned(plain, column.type) : plain;
  return {
    column,
    value,
    ...partsOf(column, value),
    ...(isLong(column) ? { spread: fromFirst } : {}),
    written: (given) => sql`cast(${given} as varchar)`,
    shown: (text) => asPostgresWrites(text, column.type),
    shownDay: (text) => asPostgresWrites(text, 'date'),
    quantiles: (place, shares) => sql`cast(quantile_cont(${place}, [${listed(shares)}]) as varchar)`,
  };
}

const floatWords: Readonly<Record<string, string>> = { inf: 'Infinity', '-inf': '-Infinity', nan: 'NaN' };

/** DuckDB writes decimals with all their places, whole floats with one, what is no finite number and years before Christ in ways of its own. */
function asPostgresWrites(text: string, type: string): string {
  const family = typeFamily(type);
  if (family === 'decimal') return withPlaces(text, /\(\d+,(\d+)\)/.exec(type)?.[1]);
  if (family === 'float') return floatWords[text] ?? text.replace(/\.0$/, '');
  if (!families.time.includes(family)) return text;
  const day = text.replace(/^(\S+) \(BC\)(.*)$/, '$1$2 BC');
  return family === 'timestamptz' && !day.endsWith('infinity') ? day.replace(/( BC)?$/, '+00$1') : day;
}

function withPlaces(text: string, places: string | undefined): string {
  const [whole = '', fraction = ''] = text.split('.');
  const kept = places === undefined ? fraction.replace(/0+$/, '') : fraction.slice(0, Number(places));
  return kept === '' ? whole : `${whole}.${kept}`;
}
