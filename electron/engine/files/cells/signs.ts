import { join, type Sql, sql } from '../../../../shared/sql.ts';
import { accountingSign, accountingText, isAccounting } from './accounting.ts';
import {
  type Decimal,
  isWrittenNumber,
  numberReading,
  plainNumber,
  written,
  writtenClass,
} from './written-numbers.ts';

/** Signs of currencies and of percent that stand right before or behind a number. */
const marks = [
  'US$',
  'R$',
  'A$',
  'C$',
  '$',
  '€',
  '£',
  '¥',
  '₹',
  '₽',
  '₩',
  '₺',
  '₪',
  '₫',
  '₴',
  '%',
  '‰',
] as const;
/** Words for currencies, which stand before a number with a space only. */
const codes = [
  'EUR',
  'USD',
  'GBP',
  'CHF',
  'JPY',
  'CNY',
  'INR',
  'BRL',
  'CAD',
  'AUD',
  'SEK',
  'NOK',
  'DKK',
  'PLN',
  'CZK',
  'kr',
  'zł',
  'Kč',
  'Ft',
] as const;

/** All of these signs; a class of numbers with a sign holds its place here. */
export const signs: readonly string[] = [...marks, ...codes];
const first = 1000;
const perSign = 100;

const spelled = (sign: string) => sign.replace('$', '\\$');
const either = (list: readonly string[]) => list.map(spelled).join('|');
const space = '[ \u00a0\u202f]';
const before = `-?${space}?(?:(?:${either(marks)})${space}?|(?:${either(codes)})${space})-?\\.?[0-9].*`;
const behind = `-?\\.?[0-9][0-9., '’\u00a0\u202f]*(?:${either(signs)})`;
const inBrackets = `\\((?:${before}|${behind})\\)`;

/** The number alone, its brackets as a minus. */
const bareOf = (cell: Sql): Sql =>
  sql`regexp_replace(regexp_replace(${cell}, '^\((.*)\)$', '-\1'), ${`${space}?(?:${either(signs)})${space}?`}, '')`;

/** Numbers by how they are written, as their classes say behind that of the sign; decimals with a point have their scale. */
const inner = { whole: 0, longDecimal: 39, three: 47 } as const;
/** Classes of numbers written otherwise begin with 600; here with 40. */
const shifted = written.comma - 40;

const innerClass = (bare: Sql): Sql => sql`case
  when regexp_full_match(${bare}, '-?(0|[1-9][0-9]*)') then ${inner.whole}
  when regexp_full_match(${bare}, '-?[1-9][0-9]{0,2}\.[0-9]{3}') then ${inner.three}
  when regexp_full_match(${bare}, '-?(0|[1-9][0-9]*)?\.[0-9]+') then least(length(${bare}) - instr(${bare}, '.'), ${inner.longDecimal})
  else ${writtenClass(bare, sql`null`)} - ${shifted} end`;

/** What a number's class says behind that of its sign. `way`: its scale behind a point, or a class of `written`. */
export const innerKind = (way: number, three: boolean): number =>
  three ? inner.three : way >= written.comma ? way - shifted : Math.min(way, inner.longDecimal);

/** The class of whole numbers with a sign, from which all others of it are counted. */
export const signBase = (sign: string): number => first + perSign * signs.indexOf(sign);

/** True for a sign that stands before a number with a space only. */
export const isCode = (sign: string): boolean => codes.some((code) => code === sign);

/** The class of a cell that is a number with a sign; else null. */
export const signedClass = (cell: Sql): Sql => {
  const sign = sql`list_position([${join([...signs])}], regexp_extract(${cell}, ${either(signs)}))`;
  return sql`case when length(${cell}) <= 40 and regexp_full_match(${cell}, ${`${before}|${behind}|${inBrackets}`})
    then ${first} + ${perSign} * (${sign} - 1) + list_transform([${bareOf(cell)}], lambda b: ${innerClass(sql`b`)})[1] end`;
};

/** True for the class of a number with a sign. */
export const isSigned = (kind: number): boolean => kind >= first;

/** Numbers with one sign, as one decimal mark explains them. */
export interface SignReading {
  readonly sign: string;
  readonly decimal: Decimal;
  readonly classes: readonly number[];
  /** The one number of decimals that all have behind a point. */
  readonly scale: number | undefined;
  /** True where what stands before three digits may be either mark. */
  readonly unsure: boolean;
}

/** How numbers with signs among these classes may be read. */
export function signReadings(kinds: readonly number[]): SignReading[] {
  const places = [...new Set(kinds.filter(isSigned).map((kind) => Math.floor((kind - first) / perSign)))];
  return places.flatMap((place) => {
    const base = first + place * perSign;
    const own = kinds.filter((kind) => kind >= base && kind < base + perSign).map((kind) => kind - base);
    return (['.', ','] as const).map((decimal) => ({
      sign: signs[place] as string,
      ...readingOf(own, base, decimal),
    }));
  });
}

function readingOf(own: readonly number[], base: number, decimal: Decimal) {
  const points = own.filter((kind) => kind > inner.whole && kind <= inner.longDecimal);
  const others = own.filter((kind) => kind >= 40 && kind !== inner.three).map((kind) => kind + shifted);
  const { classes, told } = numberReading(others, decimal);
  const sure = told || (decimal === '.' && points.length > 0);
  const taken = [
    inner.whole,
    inner.three,
    ...classes.map((kind) => kind - shifted),
    ...(decimal === '.' ? points : []),
  ];
  const open = own.includes(inner.three) || own.includes(written.unsure - shifted);
  return {
    decimal,
    classes: taken.map((kind) => base + kind),
    scale: decimal === '.' && own.length === 1 && points.length === 1 ? points[0] : undefined,
    unsure: open && !sure,
  };
}

/** The parts of a column's format: what stands before decimals, and the sign, if any. */
const parts = (format: string) => ({ decimal: format[0] ?? '.', sign: format.slice(2) });

/** How numbers are written with this mark and this sign, as a column's format has it. */
export const signedFormat = (decimal: Decimal, sign: string): string => `${decimal} ${sign}`;

/** A number as PostgreSQL reads it, whatever its format says. */
export function numberText(cell: Sql, format: string): Sql {
  const { decimal, sign } = parts(format);
  if (sign === accountingSign) return accountingText(cell, decimal);
  return plainNumber(sign ? bareOf(cell) : cell, decimal);
}

/** True for a number written as the format says. */
export function isNumberText(cell: Sql, format: string): Sql {
  const { decimal, sign } = parts(format);
  if (!sign) return isWrittenNumber(cell, decimal);
  if (sign === accountingSign) return isAccounting(cell, decimal);
  const own = sql`regexp_extract(${cell}, ${either(signs)}) = ${sign}`;
  return sql`(${own} and regexp_full_match(${cell}, ${`${before}|${behind}|${inBrackets}`}) and ${isWrittenNumber(bareOf(cell), decimal)})`;
}
