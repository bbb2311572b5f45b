import { countryCodes, currencyCodes } from '../../../../shared/iso-codes.ts';
import { textFormats } from '../../../../shared/text-formats.ts';

/** A known form of texts, as a test outside of the database. */
export interface FormatTest {
  readonly title: string;
  readonly test: (text: string) => boolean;
}

type Format = keyof typeof textFormats;

const patterns: Readonly<Partial<Record<Format, RegExp>>> = {
  email: /^[^@\s<>(),;:"]+@[^@\s.<>(),;:"]+(\.[^@\s.<>(),;:"]+)+$/,
  url: /^https?:\/\/[^\s/?#]+([/?#]\S*)?$/,
  uuid: /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i,
  phone: /^\+[1-9]\d{6,14}$/,
  date: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/,
};

const lists: Readonly<Partial<Record<Format, ReadonlySet<string>>>> = {
  country: new Set(countryCodes),
  currency: new Set(currencyCodes),
};

/** The forms that are looked for, by the word that the rule "Known format" keeps. */
export const formatTests: readonly (readonly [Format, FormatTest])[] = (
  Object.keys(textFormats) as Format[]
).flatMap((format) => {
  const { title } = textFormats[format];
  const [pattern, list] = [patterns[format], lists[format]];
  if (pattern) return [[format, { title, test: (text: string) => pattern.test(text) }] as const];
  return list ? [[format, { title, test: (text: string) => list.has(text) }] as const] : [];
});
