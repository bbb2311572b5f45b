import { type Sql, sql } from '../../../../shared/sql.ts';

const number = String.raw`[-+]?([0-9]+(\.[0-9]*)?|\.[0-9]+)`;
const clock = String.raw`[-+]?[0-9]+:[0-9]{1,2}(:[0-9]{1,2}(\.[0-9]*)?)?`;
const units = [
  'microsec(ond)?s?|us(ec)?s?|millisec(ond)?s?|ms(ec)?s?|s(ec(ond)?s?)?|m(in(ute)?s?)?|h(our|r)?s?|d(ay)?s?|w(eek)?s?',
  'mon(th)?s?|y(ea)?(r)?s?|dec(ade)?s?|c(ent(ur(y|ies))?)?|mil(s|lenni(um|a))?',
].join('|');

/** Words, a clock, or both; years and months; a number of seconds; or as ISO 8601 writes it. */
const interval = [
  `(@ *)?(${number} *(${units})[ ,]*)*((${number} +)?${clock})?( *ago)?`,
  number,
  '[-+]?[0-9]+-[0-9]+',
  'P([-+]?[0-9.]+[YMWD])*(T([-+]?[0-9.]+[HMS])+)?',
].join('|');

const pairs = (count: number) =>
  [':', '-'].map((mark) => `[0-9a-f]{2}(${mark}[0-9a-f]{2}){${count - 1}}`).join('|');

const patterns: Readonly<Record<string, string>> = {
  interval,
  macaddr: `${pairs(6)}|[0-9a-f]{6}[:-]?[0-9a-f]{6}|[0-9a-f]{4}([.-][0-9a-f]{4}){2}`,
  macaddr8: `${pairs(8)}|${pairs(6)}|[0-9a-f]{4}([.-][0-9a-f]{4}){3}|[0-9a-f]{16}|[0-9a-f]{8}[:-][0-9a-f]{8}`,
};

/** True for cells written like values of this type, where that is told by a pattern; nothing for other types. */
export function isSpelled(type: string, cell: Sql): Sql | undefined {
  const pattern = patterns[type];
  if (pattern === undefined) return undefined;
  return sql`(regexp_full_match(${cell}, ${`(?i)${pattern}`}) and regexp_matches(${cell}, '[0-9a-fA-F]'))`;
}
