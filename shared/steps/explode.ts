import { defineStep, inputAt, type StepInput } from '../define-step.ts';
import { choice, column, literal, type ParamsOf, text } from '../params.ts';
import { withColumns } from '../replaced-columns.ts';
import { ident, nothing, type Sql, sql } from '../sql.ts';

const params = {
  column: column('Column', 'Several values in one cell.'),
  how: choice('How', 'What the cell holds.', {
    separator: 'Text with a separator',
    json: 'A JSON array',
    array: 'An array',
  }),
  separator: literal('Separator', 'For text: what stands between the values.', {
    optional: true,
    placeholder: ',',
  }),
  index: text('Place', 'A column for the place of each value, from 1; left empty: none.', { optional: true }),
};

type Params = ParamsOf<typeof params>;

function valuesOf({ column, how, separator }: Params): Sql {
  const cell = sql`input.${ident(column)}`;
  if (how === 'array') return sql`unnest(${cell})`;
  if (how === 'separator') return sql`unnest(string_to_array(${cell}::text, ${separator || ','}))`;
  const document = sql`assay.json_or_null(${cell}::text)`;
  return sql`jsonb_array_elements_text(case when jsonb_typeof(${document}) = 'array' then ${document} else '[]' end)`;
}

function exploded(input: StepInput, chosen: Params): Sql {
  const { column, index } = chosen;
  const computed = [
    { name: column, value: sql`part.value` },
    ...(index ? [{ name: index, value: sql`part.place` }] : []),
  ];
  return sql`select
  ${withColumns(input, computed)}
from ${input.from} as input
cross join lateral ${valuesOf(chosen)}${index ? sql` with ordinality` : nothing} as part(value${index ? sql`, place` : nothing})`;
}

export default defineStep({
  title: 'Explode to rows',
  group: 'clean',
  icon: 'unfold-vertical',
  words: 'unnest flatten array rows split',
  help: 'Makes a row of each value in a cell that holds several. Rows whose cell holds none leave apart.',
  params,
  columns: 'described',
  sql: (inputs, chosen) => exploded(inputAt(inputs, 0), chosen),
  left: {
    empty: {
      title: 'Rows that gave none',
      sql: (inputs, chosen) => sql`select *
from ${inputAt(inputs, 0).from} as input
where not exists (select from ${valuesOf(chosen)} as part(value))`,
    },
  },
  grows: () => [0],
  summary: ({ column, how, separator }) =>
    how === 'separator' ? `${column} at ${separator || ','}` : column,
  examples: [
    {
      says: 'a row for each value of a text',
      params: { column: 'tags', how: 'separator', separator: '|', index: 'place' },
      inputs: [
        {
          types: { id: 'integer' },
          rows: [
            { id: 1, tags: 'new|blue' },
            { id: 2, tags: null },
          ],
        },
      ],
      output: [
        { id: 1, tags: 'new', place: 1 },
        { id: 1, tags: 'blue', place: 2 },
      ],
      left: { empty: [{ id: 2, tags: null }] },
    },
    {
      says: 'a row for each entry of a JSON array',
      params: { column: 'lines', how: 'json', separator: '', index: '' },
      inputs: [{ types: { lines: 'jsonb' }, rows: [{ lines: '["a", 2]' }, { lines: '{}' }] }],
      output: [{ lines: 'a' }, { lines: '2' }],
      left: { empty: [{ lines: '{}' }] },
    },
    {
      says: 'a row for each entry of an array',
      params: { column: 'days', how: 'array', separator: '', index: '' },
      inputs: [{ types: { days: 'integer[]' }, rows: [{ days: '{3,4}' }, { days: '{}' }] }],
      output: [{ days: 3 }, { days: 4 }],
      left: { empty: [{ days: '{}' }] },
    },
  ],
});
