import { defineCheck } from '../define-check.ts';
import { filledRows } from '../judged-rows.ts';
import { choice, column } from '../params.ts';
import { ident, sql } from '../sql.ts';
import { textFormats } from '../text-formats.ts';

const titles = Object.fromEntries(Object.entries(textFormats).map(([name, { title }]) => [name, title])) as {
  readonly [Name in keyof typeof textFormats]: string;
};

export default defineCheck({
  title: 'Known format',
  class: 'range',
  icon: 'scan-text',
  help: 'Texts have a form that the world agrees on: e-mail and web addresses, UUIDs, phone numbers as E.164, ISO codes and dates, and account and card numbers whose check digits are right. Nulls are fine.',
  params: {
    column: column('Column', 'Its values as text are looked at.'),
    format: choice('Format', 'What every value has to be.', titles),
  },
  says: ({ column, format }) => `\`${column}\` is a valid ${titles[format]}`,
  marks: ({ column }) => [column],
  judges: (_input, { column }) => filledRows([column]),
  byValue: true,
  breaks: (_input, { column, format }) => textFormats[format].breaks(sql`${ident(column)}::text`),
  sure: (_input, { column, format }) => textFormats[format].sure?.(sql`${ident(column)}::text`),
  sureAlone: true,
  examples: [
    {
      says: 'e-mail: one @ and a domain with a dot',
      params: { column: 'mail', format: 'email' },
      table: {
        rows: [{ mail: 'ann@shop.example' }, { mail: 'ann@shop' }, { mail: 'a b@c.de' }, { mail: null }],
      },
      bad: [1, 2],
    },
    {
      says: 'two addresses in one cell are none, whatever stands between them',
      params: { column: 'mail', format: 'email' },
      table: { rows: [{ mail: 'a@b.de' }, { mail: 'a@b.de\nc@d.de' }, { mail: 'e@f.de;g@h.de' }] },
      bad: [1, 2],
    },
    {
      says: 'an address may be long',
      params: { column: 'mail', format: 'email' },
      table: { rows: [{ mail: `${'long'.repeat(40)}@b.de` }, { mail: '' }] },
      bad: [1],
    },
    {
      says: 'web addresses begin with http or https',
      params: { column: 'site', format: 'url' },
      table: {
        rows: [
          { site: 'https://a.example/x?y=1#z' },
          { site: 'a.example' },
          { site: 'http://' },
          { site: 'http://...' },
          { site: 'http://a..example' },
          { site: 'https://a.example/<b>' },
          { site: 'http://-a.example' },
          { site: 'https://ann@bücher.example:8443/?q=ä' },
          { site: 'http://[::1]/' },
        ],
      },
      bad: [1, 2, 3, 4, 5, 6],
    },
    {
      says: 'UUIDs have 32 hexadecimal digits in five groups',
      params: { column: 'id', format: 'uuid' },
      table: { rows: [{ id: '6f9619ff-8b86-d011-b42d-00cf4fc964ff' }, { id: '6f9619ff-8b86-d011-b42d' }] },
      bad: [1],
    },
    {
      says: 'the check digits of an IBAN and the length in its country count, spaces do not',
      params: { column: 'account', format: 'iban' },
      table: {
        rows: [
          { account: 'DE89 3704 0044 0532 0130 00' },
          { account: 'DE88370400440532013000' },
          { account: 'GB82WEST12345698765432' },
          { account: 'none' },
          { account: 'DE38370400440532013' },
          { account: 'ZZ04370400440532013000' },
          { account: null },
        ],
      },
      bad: [1, 3, 4, 5],
    },
    {
      says: 'the check digit of a card number counts',
      params: { column: 'card', format: 'luhn' },
      table: {
        rows: [
          { card: '4539 1488 0343 6467' },
          { card: '4539148803436468' },
          { card: null },
          { card: '0000 0000 0000 0000' },
        ],
      },
      bad: [1, 3],
    },
    {
      says: 'countries are two capitals of ISO 3166',
      params: { column: 'country', format: 'country' },
      table: { rows: [{ country: 'DE' }, { country: 'de' }, { country: 'XX' }] },
      bad: [1, 2],
    },
    {
      says: 'currencies are three capitals of ISO 4217',
      params: { column: 'currency', format: 'currency' },
      table: { rows: [{ currency: 'EUR' }, { currency: 'XYZ' }] },
      bad: [1],
    },
    {
      says: 'a date has to be in the calendar',
      params: { column: 'day', format: 'date' },
      table: { rows: [{ day: '2024-02-29' }, { day: '2023-02-29' }, { day: '1.2.2024' }, { day: null }] },
      bad: [1, 2],
    },
    {
      says: 'a phone number begins with + and its country',
      params: { column: 'phone', format: 'phone' },
      table: {
        rows: [
          { phone: '+4930123456' },
          { phone: '030 123456' },
          { phone: '+2102345678' },
          { phone: '+12025550123' },
          { phone: '+1202555012' },
          { phone: '+3531234567' },
        ],
      },
      bad: [1, 2, 4],
    },
  ],
});
