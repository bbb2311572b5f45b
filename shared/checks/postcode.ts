import { defineCheck } from '../define-check.ts';
import { filledRows, type JudgedRows } from '../judged-rows.ts';
import { column, text } from '../params.ts';
import { postcodePatterns } from '../postcodes.ts';
import { problem } from '../problem.ts';
import { ident, join, type Sql, sql } from '../sql.ts';

const known = Object.keys(postcodePatterns).join(', ');

function patternOf(country: string): Sql {
  const pattern = postcodePatterns[country.trim().toUpperCase()];
  if (pattern !== undefined) return sql`${pattern}`;
  throw problem('bad_input', `The form of postcodes of "${country}" is not known.`, {
    hint: `Known countries: ${known}.`,
  });
}

const byCountry = (country: Sql): Sql =>
  sql`case upper(${country}::text) ${join(
    Object.entries(postcodePatterns).map(([code, pattern]) => sql`when ${code} then ${pattern}`),
    sql` `,
  )} end`;

/** Nothing can be said of a postcode beside a country whose form of postcodes is not known, or what is no country. */
const inKnownCountry = (column: string, country: string): JudgedRows => ({
  when: sql`${ident(column)} is not null and upper(${ident(country)}::text) in (${join(Object.keys(postcodePatterns))})`,
  without: `No row has a value in \`${column}\` beside a \`${country}\` whose postcodes are known, so there was nothing to check.`,
});

export default defineCheck({
  title: 'Postcode',
  class: 'range',
  icon: 'map-pin',
  help: 'Postcodes have the form of their country, which is one for all or stands in another column as an ISO code. Nulls are not judged, nor are rows whose country is none that is known.',
  params: {
    column: column('Column', 'The postcode.'),
    country: text('Country', 'Of all rows, such as DE. Empty: by the column below.', { optional: true }),
    countryColumn: column('Column of the country', 'Two-letter ISO codes. Empty: one country for all.', {
      optional: true,
    }),
  },
  says: ({ column, country, countryColumn }) =>
    `\`${column}\` is a postcode of ${country.trim() ? country.trim().toUpperCase() : `the country in \`${countryColumn}\``}`,
  marks: ({ column }) => [column],
  judges: (_input, { column, country, countryColumn }) =>
    country.trim() ? filledRows([column]) : inKnownCountry(column, countryColumn),
  breaks: (_input, { column, country, countryColumn }) => {
    if (!country.trim() && !countryColumn) {
      throw problem('bad_input', 'No country is set.', { hint: 'Name one, or the column that holds it.' });
    }
    const pattern = country.trim() ? patternOf(country) : byCountry(ident(countryColumn));
    return sql`${ident(column)}::text !~ ${pattern}`;
  },
  examples: [
    {
      says: 'one country for all rows',
      params: { column: 'zip', country: 'DE', countryColumn: '' },
      table: { rows: [{ zip: '10115' }, { zip: '1011' }, { zip: 'D-10115' }, { zip: null }] },
      bad: [1, 2],
    },
    {
      says: 'the country of each row decides, an unknown one is not judged',
      params: { column: 'zip', country: '', countryColumn: 'country' },
      table: {
        rows: [
          { zip: 'SW1A 1AA', country: 'GB' },
          { zip: '10115', country: 'GB' },
          { zip: '1234 AB', country: 'nl' },
          { zip: 'x', country: 'AE' },
          { zip: 'x', country: null },
        ],
      },
      bad: [1],
    },
  ],
});
