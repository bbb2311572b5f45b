import { typeFamily } from '../column.ts';

/** What a columnar copy knows of a column: whether it may be compared there, and whether its text is all ASCII. */
export interface Comparable {
  readonly type: string;
  readonly key: string | null;
  readonly ascii: boolean;
}

const isAscii = (text: string) => /^[\t\n\r\x20-\x7e]*$/.test(text);

/** True where text is searched for with the same outcome in both engines. */
export const sameText = ({ type, key, ascii }: Comparable, text: string, ignoreCase: boolean): boolean =>
  typeFamily(type) === 'text' && key !== null && (!ignoreCase || (ascii && isAscii(text)));

const simpleAtom = String.raw`(?:[A-Za-z0-9 _,;:@/#%&!~<>="'-]|\.|\\[.+*?()\[\]{}|^$\\-]|\[\^?(?:[A-Za-z0-9 _.,;:@/]|[a-z]-[a-z]|[A-Z]-[A-Z]|[0-9]-[0-9])+\])`;
const quantifier = String.raw`(?:[*+?]|\{\d{1,2}(?:,\d{0,2})?\})?`;
const simplePattern = new RegExp(`^\\^?(?:${simpleAtom}${quantifier})*\\$?$`);

/** True for patterns of the common part of both flavours: literals, dots, plain classes, simple repeats, both ends. */
export const samePattern = (column: Comparable, pattern: string): boolean =>
  sameText(column, pattern, true) &&
  simplePattern.test(pattern) &&
  repeatsRise(pattern) &&
  rangesRise(pattern);

const repeatsRise = (pattern: string) =>
  [...pattern.matchAll(/\{(\d+),(\d+)\}/g)].every(([, from, to]) => Number(from) <= Number(to));

const rangesRise = (pattern: string) =>
  [...pattern.matchAll(/([A-Za-z0-9])-([A-Za-z0-9])/g)].every(([, from = '', to = '']) => from <= to);

type Rule = (text: string, type: string) => boolean;

const moment: Rule = (text) => {
  const found = /^(\d{4})-(\d\d)-(\d\d)(?:[ T]([01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,6})?)?)?$/.exec(
    text,
  );
  if (!found || found[1] === '0000') return false;
  const [, year, month, day] = found.map(Number) as [number, number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  if (year < 100) date.setUTCFullYear(year);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
};

const exact: Rule = (text) => /^-?\d{1,25}(\.\d{1,12})?$/.test(text);

const float: Rule = (text, type) => {
  if (!/^-?\d{1,40}(\.\d{1,40})?(e[+-]?\d{1,3})?$/i.test(text))
    return ['NaN', 'Infinity', '-Infinity'].includes(text);
  const value = type === 'real' ? Math.fround(Number(text)) : Number(text);
  const tiny = type === 'real' ? 1.2e-38 : 2.3e-308;
  return Number.isFinite(value) && (Math.abs(value) > tiny || /^-?[0.]+$/.test(text));
};

const rules: Readonly<Record<string, Rule>> = {
  integer: exact,
  decimal: exact,
  float,
  boolean: (text) => text === 'true' || text === 'false',
  text: () => true,
  date: (text) => moment(text, '') && text.length === 10,
  timestamp: moment,
  timestamptz: moment,
  uuid: (text) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text),
  time: (text) => /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{0,5}[1-9])?$/.test(text),
};

/** True where a value is read alike by both engines and keeps every digit; all others are left to PostgreSQL. */
export const sameValue = ({ type, key }: Comparable, text: string): boolean =>
  key !== null && (rules[typeFamily(type)]?.(text, type) ?? false);
