import { defineStep, inputAt } from '../define-step.ts';
import { choice, columns, flag, type ParamsOf } from '../params.ts';
import { withColumns } from '../replaced-columns.ts';
import { ident, type Sql, sql } from '../sql.ts';

const params = {
  columns: columns('Columns', 'Texts to tidy.'),
  trim: flag('Trim', 'Takes spaces away at both ends, and makes several in the middle one.', true),
  casing: choice('Case', 'Of the letters.', {
    keep: 'As it is',
    lower: 'lower case',
    upper: 'UPPER CASE',
    title: 'Title Case',
  }),
  unaccent: flag('Take accents away', 'é becomes e, ø becomes o, ß becomes ss.'),
  empty: flag('Empty to null', 'Text with nothing in it becomes null.'),
};

type Params = ParamsOf<typeof params>;

/** Letters that no decomposition takes apart. */
const letters = [
  ['ß', 'ss'],
  ['æ', 'ae'],
  ['Æ', 'AE'],
  ['œ', 'oe'],
  ['Œ', 'OE'],
] as const;

const cases = {
  keep: (text: Sql) => text,
  lower: (text: Sql) => sql`lower(${text})`,
  upper: (text: Sql) => sql`upper(${text})`,
  title: (text: Sql) => sql`initcap(${text})`,
} as const;

const plain = (text: Sql): Sql =>
  letters.reduce(
    (value, [letter, instead]) => sql`replace(${value}, ${letter}, ${instead})`,
    sql`translate(normalize(regexp_replace(normalize(${text}, nfd), '[\u0300-\u036f]', '', 'g'), nfc), 'øØłŁđĐı', 'oOlLdDi')`,
  );

function tidied(text: Sql, { trim, casing, unaccent, empty }: Params): Sql {
  const trimmed = trim ? sql`btrim(regexp_replace(${text}, '[\s\u00a0]+', ' ', 'g'))` : text;
  const cased = cases[casing](unaccent ? plain(trimmed) : trimmed);
  return empty ? sql`nullif(${cased}, '')` : cased;
}

export default defineStep({
  title: 'Tidy text',
  group: 'clean',
  icon: 'eraser',
  words: 'trim lower upper case unaccent whitespace clean',
  help: 'Trims spaces, unifies upper and lower case, takes accents away, and turns empty text into null.',
  params,
  columns: 'described',
  sql: (inputs, chosen) => {
    const input = inputAt(inputs, 0);
    const computed = chosen.columns.map((name) => ({
      name,
      value: tidied(sql`input.${ident(name)}::text`, chosen),
    }));
    return sql`select
  ${withColumns(input, computed)}
from ${input.from} as input`;
  },
  rowByRow: true,
  summary: ({ columns, trim, casing, unaccent, empty }) =>
    [
      columns.join(', '),
      [trim && 'trim', casing !== 'keep' && casing, unaccent && 'no accents', empty && 'empty to null']
        .filter(Boolean)
        .join(', '),
    ].join(': '),
  examples: [
    {
      says: 'trims, lowers, takes accents away',
      params: { columns: ['city'], trim: true, casing: 'lower', unaccent: true, empty: true },
      inputs: [
        {
          types: { id: 'integer', city: 'character varying' },
          rows: [
            { id: 1, city: '  ZÜRICH \t West ' },
            { id: 2, city: 'Gießen Øst' },
            { id: 3, city: '  ' },
            { id: 4, city: null },
          ],
        },
      ],
      output: [
        { id: 1, city: 'zurich west' },
        { id: 2, city: 'giessen ost' },
        { id: 3, city: null },
        { id: 4, city: null },
      ],
    },
    {
      says: 'capitals only',
      params: { columns: ['name'], trim: false, casing: 'title', unaccent: false, empty: false },
      inputs: [{ rows: [{ name: ' ada LOVELACE' }] }],
      output: [{ name: ' Ada Lovelace' }],
    },
  ],
});
