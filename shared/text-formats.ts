import { ibanLengths } from './iban-lengths.ts';
import { countryCodes, currencyCodes } from './iso-codes.ts';
import { join, type Sql, sql } from './sql.ts';

/** A form that many texts of the world have, and the condition that is true where a text has it not. */
export interface TextFormat {
  readonly title: string;
  readonly breaks: (text: Sql) => Sql;
  /** An aggregate that is true only where all texts have the form. */
  readonly sure?: (text: Sql) => Sql;
}

/** Longer texts are looked at one by one. */
const longest = 100;

/**
 * A form whose texts hold no line break. Many texts put together, a line each, are matched several times faster than one
 * after the other.
 */
const byPattern = (title: string, pattern: string): TextFormat => ({
  title,
  breaks: (text) => sql`${text} !~ ${`^${pattern}$`}`,
  sure: (text) => sql`coalesce(string_agg(
    case when octet_length(${text}) > ${longest}::int or ${text} like ${'%\n%'} then '' else ${text} end, ${'\n'}) || ${'\n'}
    ~ ${`^(?:${pattern}\n)*$`}, true)`,
});

const byList = (title: string, codes: readonly string[]): TextFormat => ({
  title,
  breaks: (text) => sql`${text} not in (${join([...codes])})`,
});

const datePattern = '^\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])$';

/** True for texts such as 2026-02-30: shaped like a date that no calendar has. */
const noSuchDay = (
  text: Sql,
): Sql => sql`(substr(${text}, 6, 5) in ('02-30', '02-31', '04-31', '06-31', '09-31', '11-31')
  or substr(${text}, 6, 5) = '02-29' and (substr(${text}, 1, 4)::int % 4 <> 0
    or substr(${text}, 1, 4)::int % 100 = 0 and substr(${text}, 1, 4)::int % 400 <> 0))`;

/** A date as ISO 8601 writes it, and one that there is. */
export const isoDate: TextFormat = {
  title: 'ISO date',
  breaks: (text) =>
    sql`case when ${text} ~ ${datePattern} then ${noSuchDay(text)} else ${text} is not null end`,
};

/** The length that a country's account numbers have; null where it has none. */
const ibanLength = (bare: Sql): Sql =>
  sql`case ${join(
    Object.entries(ibanLengths).map(
      ([length, codes]) => sql`when left(${bare}, 2) in (${join([...codes])}) then ${length}::int`,
    ),
    sql` `,
  )} end`;

/**
 * ISO 13616: the length is that of the country; letters count as 10 to 35, the first four stand last, and the whole leaves
 * 1 when divided by 97.
 */
const iban: TextFormat = {
  title: 'IBAN',
  breaks: (text) => {
    const bare = sql`upper(replace(${text}, ' ', ''))`;
    return sql`case when ${bare} ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$' and length(${bare}) = ${ibanLength(bare)}
  then (select string_agg(case when c between '0' and '9' then c else (ascii(c) - 55)::text end, '' order by n)
    from regexp_split_to_table(substr(${bare}, 5) || left(${bare}, 4), '') with ordinality as s(c, n))::numeric % 97 <> 1
  else ${text} is not null end`;
  },
};

/** ISO/IEC 7812-1, annex B: every second digit from the right counts double, and the sum ends in 0. No issuer has the number 0. */
const luhn: TextFormat = {
  title: 'Card number (Luhn)',
  breaks: (text) => {
    const bare = sql`translate(${text}, ' -', '')`;
    return sql`case when ${bare} ~ '^[0-9]{12,19}$' and ${bare} ~ '[1-9]'
  then (select sum(case when n % 2 = 1 then c::int else c::int * 2 % 10 + c::int * 2 / 10 end) % 10 <> 0
    from regexp_split_to_table(reverse(${bare}), '') with ordinality as s(c, n))
  else ${text} is not null end`;
  },
};

/**
 * ITU-T E.164: at most 15 digits, of which the first are the code of a country as the ITU has assigned them; in North
 * America and in Russia and Kazakhstan ten digits follow.
 */
const phonePattern = [
  '\\+(?:1[2-9]\\d{2}[2-9]\\d{6}|7\\d{10}',
  '(?:2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])\\d{5,13}',
  '(?:21[12368]|2[2-4]\\d|25[0-8]|26\\d|29[01789]|35\\d|37\\d|38[0-35-79]|42[013]|50\\d|59\\d|67[02-9]|68[0-35-9]|69[0-2]|80[08]|85[02356]|87[08]|88[0-368]|96[0-8]|97[0-79]|99[2-68])\\d{4,12})',
].join('|');

/** What no name of a host has in it. */
const noHost = '\\s/?#@:.<>"\'{}|\\\\^`\\[\\](),;!$&*+=%~-';
const label = `[^${noHost}]+(?:-+[^${noHost}]+)*`;

/** RFC 3986 with http or https: perhaps a user, then a host by name or address, perhaps a port, and a rest without what has to be escaped in it. */
const urlPattern = `https?://(?:[^\\s/?#@<>"]+@)?(?:\\[[0-9a-fA-F:.]+\\]|(?:${label}\\.)*${label}\\.?)(?::\\d{1,5})?(?:[/?#][^\\s<>"{}|\\\\^\`]*)?`;

/**
 * The formats to choose from, by the word that files keep. An e-mail address is the usual part of what RFC 5321 allows:
 * without quotes, and with a domain that has a dot.
 */
export const textFormats = {
  // Groups that capture cost PostgreSQL's patterns half as much again.
  email: byPattern('e-mail address', '[^@\\s<>(),;:"]+@(?:[^@\\s.<>(),;:"]+\\.)+[^@\\s.<>(),;:"]+'),
  url: byPattern('web address (URL)', urlPattern),
  uuid: byPattern('UUID', '[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}'),
  iban,
  luhn,
  country: byList('ISO country code', countryCodes),
  currency: byList('ISO currency code', currencyCodes),
  date: isoDate,
  phone: byPattern('phone number (E.164)', phonePattern),
} as const satisfies Readonly<Record<string, TextFormat>>;
