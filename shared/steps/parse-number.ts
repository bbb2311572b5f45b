import { defineStep, inputAt, type StepInput } from '../define-step.ts';
import { choice, type ParamsOf } from '../params.ts';
import { parsedParams, parsedRows, textOf, unparsedRows } from '../parsed-cells.ts';
import { type Sql, sql } from '../sql.ts';

const params = {
  ...parsedParams,
  decimal: choice('Decimal sign', 'Thousands may be parted by the other one, a space or an apostrophe.', {
    point: 'Point: 1,234.5',
    comma: 'Comma: 1.234,5',
  }),
};

type Params = ParamsOf<typeof params>;

function readNumber(input: StepInput, { column, decimal }: Params): Sql {
  const [sign, thousands] = decimal === 'point' ? ['[.]', "[, ''’]"] : ['[,]', "[. ''’]"];
  const digits = `(\\d+|\\d{1,3}(${thousands.replace("''", "'")}\\d{3})+)`;
  const shape = `^[-+]?(${digits}(${sign}\\d*)?|${sign}\\d+)([eE][-+]?\\d{1,3})?$`;
  const bare = sql`regexp_replace(regexp_replace(${textOf(input, column)}, '^\((.*)\)$', '-\1'), '^([-+]?)\s*[€$£¥]\s*|\s*([€$£¥%]|[A-Z]{3})$|^[A-Z]{3}\s+', '\1', 'g')`;
  const pointed =
    decimal === 'point'
      ? sql`regexp_replace(text, '[, ''’]', '', 'g')`
      : sql`replace(regexp_replace(text, '[. ''’]', '', 'g'), ',', '.')`;
  return sql`(select case when text ~ ${shape} then (${pointed})::numeric end
    from (select translate(${bare}, E'\u00a0\u202f\u2212', '  -') as text offset 0) as written)`;
}

const read = (input: StepInput, params: Params): [StepInput, Params, Sql] => [
  input,
  params,
  readNumber(input, params),
];

export default defineStep({
  title: 'Parse numbers',
  group: 'clean',
  icon: 'hash',
  words: 'cast convert to number integer decimal currency',
  help: 'Reads numbers as people write them: with thousands, a currency or % around them, (12) for minus 12. A percent sign is left off: 5% is 5.',
  params,
  columns: 'described',
  sql: (inputs, chosen) => parsedRows(...read(inputAt(inputs, 0), chosen)),
  rejects: {
    title: 'Rows without a readable number',
    sql: (inputs, chosen) => unparsedRows(...read(inputAt(inputs, 0), chosen)),
  },
  grows: () => [0],
  summary: ({ column, name, decimal }) => `${column}${name ? ` → ${name}` : ''}, decimal ${decimal}`,
  examples: [
    {
      says: 'thousands, currencies and brackets; the rest goes to the rejects',
      params: { column: 'price', name: '', otherwise: 'reject', decimal: 'point' },
      inputs: [
        {
          types: { price: 'character varying' },
          rows: [
            { price: '$1,234.50' },
            { price: '(12)' },
            { price: '5 %' },
            { price: '1,2,3' },
            { price: 'ten' },
            { price: null },
          ],
        },
      ],
      output: [{ price: '1234.50' }, { price: '-12' }, { price: '5' }, { price: null }],
      rejects: [{ price: '1,2,3' }, { price: 'ten' }],
    },
    {
      says: 'with a decimal comma, into a column of its own',
      params: { column: 'price', name: 'amount', otherwise: 'null', decimal: 'comma' },
      inputs: [
        {
          types: { price: 'character varying' },
          rows: [{ price: "1'234,5 CHF" }, { price: '1.234' }, { price: '?' }],
        },
      ],
      output: [
        { price: "1'234,5 CHF", amount: '1234.5' },
        { price: '1.234', amount: '1234' },
        { price: '?', amount: null },
      ],
    },
  ],
});
