import { at, busyMoment, closed, dateText, day, timestampText } from '../calendar.ts';
import type { CsvTable } from '../csv.ts';
import type { Random } from '../random.ts';
import type { Customer } from '../rows.ts';
import { type Country, countries } from './countries.ts';
import { chinese, emoji, mailHosts, names } from './names.ts';

const firstId = 10_001;
const byWeight = countries.map((country) => [country, country.weight] as const);

const digits = (random: Random, shape: string) => shape.replace(/#/g, () => String(random.int(0, 9)));

/** A name in Latin letters without accents, for an e-mail. */
const plain = (text: string) =>
  text
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/ø/g, 'o')
    .replace(/ł/g, 'l')
    .normalize('NFD')
    .replace(/[^a-z ]/g, '');

interface Name {
  readonly written: string;
  readonly first: string;
  readonly last: string;
}

function nameOf(random: Random, country: Country): Name {
  if (country.names === 'chinese') {
    const [family, last] = random.pick(chinese.last);
    const [given, first] = random.pick(chinese.first);
    return { written: `${family}${given}`, first, last };
  }
  const { first, last } = names[country.names] ?? { first: ['Sam'], last: ['Doe'] };
  const given = random.pick(first);
  const family = random.pick(last);
  const middle = random.chance(0.06) ? ` ${random.pick('ABCDEFGHJKLMR'.split(''))}.` : '';
  const flourish = random.chance(0.006) ? ` ${random.pick(emoji)}` : '';
  return { written: `${given}${middle} ${family}${flourish}`, first: plain(given), last: plain(family) };
}

function emailOf(random: Random, { first, last }: Name, taken: Set<string>): string {
  const host = random.weighted(mailHosts);
  const shape = random.pick([
    `${first}.${last}`,
    `${first[0]}${last}`,
    `${first}${last}`,
    `${last}.${first}`,
  ]);
  for (let extra = 0; ; extra = random.int(2, 99)) {
    const email = `${shape}${extra || ''}@${host}`;
    if (taken.has(email)) continue;
    taken.add(email);
    return email;
  }
}

/** Half of the customers came before the first order on file, the others as the shop grew. */
const signUp = (random: Random) =>
  random.chance(0.5)
    ? busyMoment(random, at('2022-03-01T00:00:00'), at('2024-01-01T00:00:00'))
    : busyMoment(random, at('2024-01-01T00:00:00'), closed - 20 * day);

function birthDate(random: Random): number | null {
  if (random.chance(0.24)) return null;
  let age = 0;
  while (age < 18 || age > 86) age = 41 + 14 * random.normal();
  return at('2025-06-01T00:00:00') - Math.round(age * 365.25) * day;
}

export function makeCustomers(random: Random, count: number): Customer[] {
  const taken = new Set<string>();
  const signUps = Array.from({ length: count }, () => signUp(random)).sort((a, b) => a - b);
  return signUps.map((signedUpAt, index) => {
    const country = random.weighted(byWeight);
    const [city, postalCode] = random.pick(country.cities);
    const name = nameOf(random, country);
    return {
      customerId: firstId + index,
      name: name.written,
      email: emailOf(random, name, taken),
      phone: random.chance(0.18) ? null : digits(random, country.phone),
      country: country.code,
      city,
      postalCode: random.chance(0.02) ? null : digits(random, postalCode),
      plan: random.weighted([
        ['free', 68],
        ['plus', 24],
        ['pro', 8],
      ]),
      newsletter: random.chance(0.41),
      birthDate: birthDate(random),
      signedUpAt,
    };
  });
}

export const customersCsv = (rows: Customer[], rawLines: CsvTable['rawLines'] = []): CsvTable<Customer> => ({
  file: 'data/customers.csv',
  columns: [
    ['customer_id', (row) => row.customerId],
    ['name', (row) => row.name],
    ['email', (row) => row.email],
    ['phone', (row) => row.phone],
    ['country', (row) => row.country],
    ['city', (row) => row.city],
    ['postal_code', (row) => row.postalCode],
    ['plan', (row) => row.plan],
    ['newsletter', (row) => row.newsletter],
    ['birth_date', (row) => (row.birthDate === null ? null : dateText(row.birthDate))],
    ['signed_up_at', (row) => timestampText(row.signedUpAt)],
  ],
  rows,
  rawLines,
});
