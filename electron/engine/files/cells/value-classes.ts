import { type Sql, sql } from '../../../../shared/sql.ts';
import { accountingClass } from './accounting.ts';
import { isDayNumber } from './day-numbers.ts';
import { isExactlyMoment, isMoment, momentClass } from './moment-shapes.ts';
import { signedClass } from './signs.ts';
import { isTruthWord, truthClass, truthPattern } from './truth-words.ts';
import { writtenClass } from './written-numbers.ts';

/** How many cells of a column read like what: class to count. */
export type ClassCounts = ReadonlyMap<number, number>;

/** What a cell reads like, as small numbers for counting in DuckDB. From `decimal` on the scale is added. */
export const valueClass = {
  missing: 0,
  /** `""`, or only spaces. */
  empty: 1,
  /** A word that stands for no value, such as NA. */
  marker: 2,
  boolean: 3,
  integer: 4,
  bigint: 5,
  hugeInteger: 6,
  /** Digits that are a name, not a quantity: leading zeros, or a plus. */
  code: 7,
  exponent: 8,
  longDecimal: 9,
  date: 10,
  /** Eight digits that may be a day: 20240131. */
  dayNumber: 14,
  timestamp: 15,
  timestamptz: 16,
  uuid: 17,
  json: 18,
  text: 19,
  time: 20,
  inet: 21,
  /** Not looked at further, because enough others are words. */
  unsorted: 22,
  /** `12e9`: digits around an e, which may be a name as well as a number. */
  exponentCode: 23,
  /** `1.234`: a point before three decimals, or between thousands. */
  pointed: 24,
  /** More digits than floating point numbers keep. */
  wideDecimal: 25,
  /** The same before an exponent. */
  wideExponent: 26,
  /** `3:05 PM`. */
  halfTime: 27,
  /** With its scale added; moments, truth words, numbers written otherwise or with a sign have classes of their own above 200. */
  decimal: 100,
} as const;

/** True for decimals of any scale. */
export const isDecimal = (kind: number): boolean => kind >= valueClass.decimal && kind < 200;

/** True for words that stand for no value in columns that are not text: NULL, NA, N/A, NaN, None, nil, \N and a dash. */
export const isMarker = (cell: Sql): Sql =>
  sql`regexp_full_match(${cell}, '(?i)null|#?n/?a|nan|none|nil|\\n|-')`;

const stamp = sql`'[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?'`;
const zone = sql`'[0-9]{4}-[0-9]{2}-[0-9]{2}[ T][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)? ?(Z|z|[-+](0[0-9]|1[0-4])(:?[0-5][0-9])?)'`;

const uuid = sql`'[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}'`;

/** True for a day that PostgreSQL and the calendar know. */
export const isIsoDate = (cell: Sql): Sql =>
  sql`(regexp_full_match(${cell}, '[0-9]{4}-[0-9]{2}-[0-9]{2}') and ${cell}[1:4] <> '0000' and try_cast(${cell} as date) is not null)`;

export const isIsoTimestamp = (cell: Sql): Sql =>
  sql`(regexp_full_match(${cell}, ${stamp}) and ${cell}[1:4] <> '0000' and try_cast(${cell} as timestamp) is not null)`;

export const isIsoTimestamptz = (cell: Sql): Sql =>
  sql`(regexp_full_match(${cell}, ${zone}) and ${cell}[1:4] <> '0000'
    and try_cast(regexp_extract(${cell}, ${stamp}) as timestamp) is not null)`;

const oneMember = (keys: Sql) => sql`len(${keys}) = list_unique(${keys})`;

/** True for JSON in which no object names a member twice: jsonb would keep one of them only. */
const namesOnce = (cell: Sql) =>
  sql`(${oneMember(sql`json_keys(${cell})`)} and len(list_filter(json_keys(${cell}, '$..*'), lambda k: not ${oneMember(sql`k`)})) = 0)`;

/** JSON that jsonb takes without a loss: no NUL, no half of a surrogate pair, no member twice. */
export const isJsonb = (cell: Sql): Sql =>
  // A CASE, as json_keys() fails at what is no JSON, and DuckDB may ask both sides of an AND.
  sql`(case when json_valid(${cell}) then not contains(${cell}, '\u0000') and not regexp_matches(regexp_replace(${cell},
    '\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}', '', 'g'), '\\u[dD][89a-fA-F]')
    and ${namesOnce(cell)} else json_valid(${cell}) end)`;

const octet = '(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';
const ipv4 = `(${octet}\\.){3}${octet}(/(3[0-2]|[12]?[0-9]))?`;
const hex = '[0-9a-fA-F]{1,4}';
const ipv6 = `((${hex}:){7}${hex}|(${hex}(:${hex})*)?::(${hex}(:${hex})*)?)(/(12[0-8]|1[01][0-9]|[1-9]?[0-9]))?`;

const isIpv6 = (cell: Sql) =>
  sql`(regexp_full_match(${cell}, ${ipv6}) and length(${cell}) - length(replace(${cell}, ':', '')) <= 8)`;

/** True for an address of a host or a net, as PostgreSQL's inet reads it. */
export const isInet = (cell: Sql): Sql => sql`(regexp_full_match(${cell}, ${ipv4}) or ${isIpv6(cell)})`;

/** True for a time of a day. */
export const isTime = (cell: Sql) =>
  sql`regexp_full_match(${cell}, '([01]?[0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9](\.[0-9]{1,6})?)?')`;

/** True for a time of half a day. */
const isHalfTime = (cell: Sql) =>
  sql`regexp_full_match(${cell}, '(0?[1-9]|1[0-2]):[0-5][0-9](:[0-5][0-9])? ?[AaPp][Mm]')`;

/** The most digits of which a floating point number may keep each. */
export const mostKept = 17;

const isWide = (digits: Sql) =>
  sql`(length(ltrim(replace(ltrim(${digits}, '+-'), '.', ''), '0')) > ${mostKept})`;

const number = (cell: Sql) => sql`case
  when ${isDayNumber(cell)} then ${valueClass.dayNumber}
  when regexp_full_match(${cell}, '-?(0|[1-9][0-9]{0,8})') then ${valueClass.integer}
  when regexp_full_match(${cell}, '-?[1-9][0-9]*') then case
    when try_cast(${cell} as integer) is not null then ${valueClass.integer}
    when try_cast(${cell} as bigint) is not null then ${valueClass.bigint} else ${valueClass.hugeInteger} end
  when regexp_full_match(${cell}, '-?(0|[1-9][0-9]*)?\.[0-9]+') then case
    when length(${cell}) > 18 then case when ${isWide(cell)} then ${valueClass.wideDecimal} else ${valueClass.longDecimal} end
    when regexp_full_match(${cell}, '-?[1-9][0-9]{0,2}\.[0-9]{3}') then ${valueClass.pointed}
    else ${valueClass.decimal} + length(${cell}) - instr(${cell}, '.') end
  when ${isIsoDate(cell)} then ${valueClass.date}
  when ${isIsoTimestamp(cell)} then ${valueClass.timestamp}
  when ${isIsoTimestamptz(cell)} then ${valueClass.timestamptz}
  when regexp_full_match(${cell}, '\+?[0-9]+') then ${valueClass.code}
  when regexp_full_match(${cell}, '[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)[eE][-+]?[0-9]{1,3}')
    and isfinite(try_cast(${cell} as double))
    then case when ${isWide(sql`regexp_extract(${cell}, '^[^eE]*')`)} then ${valueClass.wideExponent}
      when regexp_full_match(${cell}, '[0-9]+[eE][0-9]+') then ${valueClass.exponentCode} else ${valueClass.exponent} end
  when regexp_full_match(${cell}, ${uuid}) then ${valueClass.uuid}
  when ${isMarker(cell)} then ${valueClass.marker}
  when ${isTime(cell)} then ${valueClass.time}
  when ${isHalfTime(cell)} then ${valueClass.halfTime}
  when ${isInet(cell)} then ${valueClass.inet}
  else ${writtenClass(cell, sql`null`)} end`;

const word = (cell: Sql) => sql`case
  when length(${cell}) <= 5 and lower(${cell}) in ('true', 'false') then ${valueClass.boolean}
  when length(${cell}) <= 4 and ${isMarker(cell)} then ${valueClass.marker}
  when length(${cell}) = 36 and regexp_full_match(${cell}, ${uuid}) then ${valueClass.uuid}
  when ${isTruthWord(cell)} then ${truthClass(cell)}
  when contains(${cell}, ':') and ${isIpv6(cell)} then ${valueClass.inet}
  when length(${cell}) <= 40 and regexp_matches(${cell}, '[0-9]') then null
  else ${valueClass.text} end`;

/**
 * A cheap test that holds only for cells of this class, written without spaces around them; none for classes
 * that have no cheap test.
 */
export function isExactly(kind: number, cell: Sql): Sql | undefined {
  if (isMoment(kind)) return isExactlyMoment(kind, cell);
  if (kind > valueClass.decimal && isDecimal(kind)) {
    return sql`regexp_full_match(${cell}, ${`-?(0|[1-9][0-9]{0,8})?\\.[0-9]{${kind - valueClass.decimal}}`})`;
  }
  const tests: Readonly<Record<number, () => Sql>> = {
    [valueClass.text]: () => sql`(regexp_matches(${cell}, '^[^!-9{\[ ]') and length(${cell}) <> 36
      and not (length(${cell}) <= 8 and regexp_full_match(${cell}, ${`(?i)(true|false|null|n/?a|nan|none|nil|\\\\n|${truthPattern}) *`})))`,
    [valueClass.integer]: () =>
      sql`(regexp_full_match(${cell}, '-?(0|[1-9][0-9]{0,9})') and try_cast(${cell} as integer) is not null)`,
    [valueClass.pointed]: () => sql`regexp_full_match(${cell}, '-?[1-9][0-9]{0,2}\.[0-9]{3}')`,
    [valueClass.time]: () => isTime(cell),
    [valueClass.dayNumber]: () => isDayNumber(cell),
    [valueClass.date]: () => isIsoDate(cell),
    [valueClass.timestamp]: () => isIsoTimestamp(cell),
    [valueClass.timestamptz]: () => isIsoTimestamptz(cell),
    [valueClass.boolean]: () => sql`(lower(${cell}) in ('true', 'false'))`,
    [valueClass.uuid]: () => sql`regexp_full_match(${cell}, ${uuid})`,
  };
  return tests[kind]?.();
}

/** The class of a cell: `cell` as it stands in the file, `trimmed` without the spaces around it. */
export const classOf = (cell: Sql, trimmed: Sql): Sql => sql`case
  when ${cell} is null then ${valueClass.missing}
  when ${trimmed} = '' then ${valueClass.empty}
  when ${trimmed}[1] in ('{', '[') then case when ${isJsonb(trimmed)} then ${valueClass.json} else ${valueClass.text} end
  when length(${trimmed}) > 64 then ${valueClass.text}
  else coalesce(case when ${trimmed}[1] between '!' and '9' then ${number(trimmed)} else ${word(trimmed)} end,
    ${accountingClass(trimmed)}, ${signedClass(trimmed)}, ${momentClass(trimmed)}, ${valueClass.text}) end`;
