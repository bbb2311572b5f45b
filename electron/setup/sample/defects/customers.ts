import type { Random } from '../random.ts';
import type { Customer, Shop } from '../rows.ts';
import type { Defect } from './defect.ts';

const table = 'customers';
const key = ['customer_id'];

/** Spoils some customers, each in one way. */
export function spoilCustomers(random: Random, { customers }: Shop): Defect[] {
  const victims = random.shuffled(customers.filter(({ country }) => country === 'GB' || country === 'DE'));
  const take = (count: number, fits: (customer: Customer) => boolean = () => true) => {
    const chosen = victims.filter(fits).slice(0, count);
    for (const one of chosen) victims.splice(victims.indexOf(one), 1);
    return chosen;
  };
  const english = ({ country }: Customer) => country === 'GB';
  return [
    missingEmail(take(3)),
    malformedEmail(take(2)),
    wrongCountry(take(3, english)),
    repeatedId(random, customers, take(1)),
  ];
}

function missingEmail(rows: Customer[]): Defect {
  for (const row of rows) row.email = null;
  return {
    id: 'customers-email-missing',
    table,
    class: 'completeness',
    column: 'email',
    done: 'The e-mail was taken out.',
    check: 'customers_email_present',
    rows,
    key,
  };
}

function malformedEmail(rows: Customer[]): Defect {
  const spoilt = [(email: string) => email.replace('@', '(at)'), (email: string) => email.replace('.', '@')];
  rows.forEach((row, index) => {
    row.email = spoilt[index % 2]?.(row.email ?? 'nobody@example.org') ?? null;
  });
  return {
    id: 'customers-email-malformed',
    table,
    class: 'range',
    column: 'email',
    done: 'The e-mail was written so that nobody could reply: (at) for @, a second @ for a dot.',
    check: 'customers_email_form',
    rows,
    key,
  };
}

function wrongCountry(rows: Customer[]): Defect {
  rows.forEach((row, index) => {
    row.country = index === 0 ? 'ENG' : 'UK';
  });
  return {
    id: 'customers-country-code-wrong',
    table,
    class: 'range',
    column: 'country',
    done: 'GB was replaced by UK and ENG, which are not ISO 3166 codes.',
    check: 'customers_country_known',
    rows,
    key,
  };
}

/** The same person entered again after moving house, under the number she had. */
function repeatedId(random: Random, customers: Customer[], rows: Customer[]): Defect {
  const copies = rows.map((row) => ({
    ...row,
    email: `new.${row.email}`,
    city: row.city === 'Leipzig' ? 'Dresden' : 'Leipzig',
    postalCode: `04${random.int(100, 199)}`,
    country: 'DE',
  }));
  customers.splice(customers.length - 40, 0, ...copies);
  return {
    id: 'customers-id-repeated',
    table,
    class: 'uniqueness',
    column: 'customer_id',
    done: 'A customer was entered a second time after moving, under the same number; both rows share it.',
    check: 'customers_id_unique',
    rows: [...rows, ...copies],
    key,
  };
}
