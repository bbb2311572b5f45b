import { typeFamily } from '../../../../shared/column.ts';
import { type Sql, sql } from '../../../../shared/sql.ts';
import { parsed } from '../cells/moment-shapes.ts';
import { isNumberText, numberText } from '../cells/signs.ts';
import { isTruth, truthOf } from '../cells/truth-words.ts';
import {
  isInet,
  isIsoDate,
  isIsoTimestamp,
  isIsoTimestamptz,
  isJsonb,
  isMarker,
  isTime,
} from '../cells/value-classes.ts';
import type { JudgedColumn } from './columns.ts';
import { isNulling } from './misfits.ts';
import { isNumberList } from './offer-vectors.ts';
import { isSpelled } from './spelled-types.ts';

/** What must be known of a column to read its cells. */
export interface CellType {
  readonly type: string;
  readonly format?: string | undefined;
  /** The file itself has this type: its values are as PostgreSQL reads them. */
  readonly exact?: boolean | undefined;
  /** What stands for no value besides the usual words; an empty text among it: nothing does besides. */
  readonly nulls?: readonly string[] | undefined;
}

const wholes: Readonly<Record<string, Sql>> = {
  smallint: sql`smallint`,
  integer: sql`integer`,
  bigint: sql`bigint`,
};

/** True where PostgreSQL would take the trimmed cell as this type; types DuckDB cannot judge are left to PostgreSQL. */
function fits({ type, format }: CellType, cell: Sql): Sql {
  const whole = wholes[type];
  if (whole)
    return sql`(regexp_full_match(${cell}, '[-+]?[0-9]+') and try_cast(${cell} as ${whole}) is not null)`;
  switch (typeFamily(type)) {
    case 'decimal':
      return format
        ? sql`(${isNumberText(cell, format)} and ${fitsDecimal(type, numberText(cell, format))})`
        : fitsDecimal(type, cell);
    case 'float':
      return sql`(regexp_full_match(${cell}, '[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]{1,3})?') and isfinite(try_cast(${cell} as double)))`;
    case 'boolean':
      return format ? isTruth(cell, format) : isPlainTruth(cell);
    case 'date':
      return format ? sql`(${parsed(cell, format)} is not null)` : isIsoDate(cell);
    case 'timestamp':
      return format
        ? sql`(${parsed(cell, format)} is not null)`
        : sql`(${isIsoTimestamp(cell)} or ${isIsoDate(cell)})`;
    case 'timestamptz':
      return isIsoTimestamptz(cell);
    case 'time':
      return format ? sql`(${parsed(cell, format)} is not null)` : isTime(cell);
    case 'uuid':
      return sql`regexp_full_match(${cell}, '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}')`;
    case 'json':
      return isJsonb(cell);
    case 'vector':
      return fitsVector(type, cell);
    default:
      return type === 'inet' ? isInet(cell) : (isSpelled(type, cell) ?? sql`true`);
  }
}

const isPlainTruth = (cell: Sql) =>
  sql`(lower(${cell}) in ('true', 'false', 't', 'f', 'yes', 'no', 'y', 'n', 'on', 'off', '1', '0'))`;

function fitsVector(type: string, cell: Sql): Sql {
  const [, length] = /^vector\((\d+)\)$/.exec(type) ?? [];
  return type.startsWith('vector')
    ? isNumberList(cell, length === undefined ? undefined : Number(length))
    : sql`true`;
}

/** Digits before and after the point must have room, but for zeros at the end: PostgreSQL would round silently. */
function fitsDecimal(type: string, cell: Sql): Sql {
  const [, precision, scale = '0'] = /\((\d+)(?:,\s*(\d+))?\)/.exec(type) ?? [];
  if (precision === undefined) {
    return sql`regexp_full_match(${cell}, '[-+]?([0-9]{1,1000}(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]{1,3})?')`;
  }
  const before = String(Math.min(1000, Number(precision) - Number(scale)));
  const after = String(Math.min(1000, Number(scale)));
  return sql`regexp_full_match(${cell}, ${`[-+]?(0*[0-9]{0,${before}}(\\.[0-9]{0,${after}}0*)?)`}) and regexp_matches(${cell}, '[0-9]')`;
}

/** True for a cell that holds no value in columns that are not text. */
export const isNothing = ({ nulls }: Pick<CellType, 'nulls'>, cell: Sql, trimmed: Sql): Sql =>
  nulls?.includes('')
    ? sql`(${cell} is null or ${trimmed} = '')`
    : sql`(${cell} is null or ${trimmed} = '' or ${isMarker(trimmed)})`;

/** True where a cell's row can be loaded as far as this column goes. */
export function isLoadable(type: CellType, cell: Sql, trimmed: Sql): Sql {
  const family = typeFamily(type.type);
  if (type.exact || family === 'text') return sql`true`;
  if (family === 'other' && type.type !== 'inet' && !isSpelled(type.type, trimmed)) return sql`true`;
  return sql`(${isNothing(type, cell, trimmed)} or ${fits(type, trimmed)})`;
}

/** A cell as PostgreSQL's COPY reads it in CSV; nothing at all for null. `bare` values are written as they are. */
export function copyCell(
  column: CellType & Pick<JudgedColumn, 'bare' | 'disagreeing' | 'onMisfit'>,
  cell: Sql,
  trimmed: Sql,
  allText: boolean,
): Sql {
  const copied = fittingCell(column, cell, trimmed, allText);
  return isNulling(column)
    ? sql`case when ${isLoadable(column, cell, trimmed)} then ${copied} else '' end`
    : copied;
}

function fittingCell(
  type: CellType & { readonly bare: boolean },
  cell: Sql,
  trimmed: Sql,
  allText: boolean,
): Sql {
  const quoted = (value: Sql) => sql`'"' || replace(${value}, '"', '""') || '"'`;
  if (allText) return quoted(sql`coalesce(${cell}, '')`);
  if (type.type.endsWith('[]')) return sql`coalesce(${quoted(arrayText(cell))}, '')`;
  const family = typeFamily(type.type);
  if (family === 'text' || type.exact) return sql`coalesce(${quoted(cell)}, '')`;
  if (type.bare && isUnquoted(family) && !type.format) return sql`coalesce(${trimmed}, '')`;
  return sql`case when ${isNothing(type, cell, trimmed)} then '' else ${quoted(plainValue(type, trimmed))} end`;
}

/** A value as PostgreSQL reads it; texts and lists have ways of their own. */
export const plainValue = ({ type, format }: CellType, trimmed: Sql): Sql =>
  format ? rewritten(typeFamily(type), trimmed, format) : trimmed;

/** A value as PostgreSQL reads it, from the way the column writes it. */
function rewritten(family: string, cell: Sql, format: string): Sql {
  if (family === 'boolean') return truthOf(cell, format);
  if (family === 'decimal') return numberText(cell, format);
  if (family === 'date') return sql`strftime(${parsed(cell, format)}, '%Y-%m-%d')`;
  if (family === 'time') return sql`strftime(${parsed(cell, format)}, '%H:%M:%S.%f')`;
  return sql`strftime(${parsed(cell, format)}, '%Y-%m-%d %H:%M:%S.%f')`;
}

const text = String.raw`"(?:[^"\\]|\\.)*"`;
const element = String.raw`(?:${text}|[^\s,"\[\]{}]+)`;

/** A list as JSON writes it, as PostgreSQL writes an array; its numbers stay as written, which no parser of JSON's keeps. */
const arrayText = (cell: Sql) =>
  sql`case when regexp_full_match(${cell}, '\s*\[[^"\[\]{}]*\]\s*') then translate(${cell}, '[]', '{}')
    when regexp_full_match(${cell}, ${String.raw`\s*\[\s*(?:${element}\s*,\s*)*${element}\s*\]\s*`})
    then '{' || array_to_string(list_transform(regexp_extract_all(${cell}, ${element}), lambda x:
      case when x[1] = '"' then ${arrayElement(sql`json_extract_string(x, '$')`)} else x end), ',') || '}'
    when json_valid(${cell}) then '{' || array_to_string(list_transform(from_json(${cell}, '["VARCHAR"]'), lambda x:
      case when x is null then 'NULL' else ${arrayElement(sql`x`)} end), ',') || '}'
    else ${cell} end`;

const arrayElement = (value: Sql) => sql`'"' || replace(replace(${value}, '\', '\\'), '"', '\"') || '"'`;

/** Families whose values never need quotes once they were found to fit. */
const isUnquoted = (family: string) => family !== 'json' && family !== 'other' && family !== 'interval';

/** Why a cell does not fit, in words. */
export function misfitCause(type: CellType, cell: string): string {
  const short = cell.length > 80 ? `${cell.slice(0, 80)}…` : cell;
  return `“${short}” is not ${nouns[typeFamily(type.type)] ?? nouns[type.type] ?? 'a value'} (${type.type}).`;
}

const nouns: Readonly<Record<string, string>> = {
  integer: 'a whole number in range',
  decimal: 'a number that keeps all its digits',
  float: 'a number',
  boolean: 'true or false',
  date: 'a date',
  timestamp: 'a date with a time',
  timestamptz: 'a date with a time and its zone',
  time: 'a time of a day',
  uuid: 'a UUID',
  vector: 'a list of so many numbers',
  json: 'JSON that is kept as it is: valid, each member of an object named once',
  inet: 'a network address',
  interval: 'a span of time',
  macaddr: 'a hardware address',
  macaddr8: 'a hardware address',
};
