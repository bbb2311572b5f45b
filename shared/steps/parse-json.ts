import { refuseDoubles } from '../column-names.ts';
import { defineStep, inputAt, type StepInput } from '../define-step.ts';
import { choice, column, list, literal, type ParamsOf, text } from '../params.ts';
import { withColumns } from '../replaced-columns.ts';
import { ident, join, type Sql, sql, typeName } from '../sql.ts';

const params = {
  column: column('Column', 'Text or JSON to look into.'),
  fields: list('Fields', 'What to take out.', {
    path: literal('Path', 'Names and places from 0, with points between: lines.0.price', {
      placeholder: 'lines.0.price',
    }),
    name: text('Name', 'What the column is called.'),
    type: literal('Type', 'Left empty: text.', { optional: true, placeholder: 'integer, numeric, jsonb …' }),
  }),
  otherwise: choice('What is no JSON', 'Null never counts.', {
    reject: 'Sets its row aside',
    null: 'Gives nulls',
  }),
};

type Params = ParamsOf<typeof params>;

const document = (column: string): Sql => sql`assay.json_or_null(input.${ident(column)}::text)`;

function rows(input: StepInput, { column, fields, otherwise }: Params): Sql {
  refuseDoubles(fields.map(({ name }) => name));
  const computed = fields.map(({ path, name, type }) => {
    const steps = sql`array[${join(path.split('.'))}]::text[]`;
    const value =
      type === 'jsonb' || type === 'json'
        ? sql`(parsed.document #> ${steps})::${typeName(type)}`
        : sql`(parsed.document #>> ${steps})::${typeName(type || 'text')}`;
    return { name, value };
  });
  const all = sql`select
  ${withColumns(input, computed)}
from ${input.from} as input
cross join lateral (select ${document(column)} as document offset 0) as parsed`;
  if (otherwise === 'null') return all;
  return sql`${all}
where parsed.document is not null or input.${ident(column)} is null`;
}

export default defineStep({
  title: 'Parse JSON',
  group: 'clean',
  icon: 'braces',
  words: 'extract field object',
  help: 'Takes fields out of JSON into columns. A field that is not there is null; one that does not fit its type ends the run.',
  params,
  columns: 'described',
  sql: (inputs, chosen) => rows(inputAt(inputs, 0), chosen),
  rejects: {
    title: 'Rows without JSON',
    sql: (inputs, { column, otherwise }) => sql`select *
from ${inputAt(inputs, 0).from} as input
where ${otherwise === 'reject'} and ${document(column)} is null and input.${ident(column)} is not null`,
  },
  grows: () => [0],
  summary: ({ column, fields }) => `${column} → ${fields.map(({ name }) => name).join(', ')}`,
  examples: [
    {
      says: 'takes fields by their path; what is no JSON goes to the rejects',
      params: {
        column: 'order',
        fields: [
          { path: 'lines.0.price', name: 'price', type: 'numeric' },
          { path: 'lines', name: 'lines', type: 'jsonb' },
          { path: 'id', name: 'id', type: '' },
        ],
        otherwise: 'reject',
      },
      inputs: [
        {
          rows: [{ order: '{"id": 7, "lines": [{"price": 2.5}]}' }, { order: '{oops' }, { order: null }],
          types: { order: 'character varying' },
        },
      ],
      output: [
        { order: '{"id": 7, "lines": [{"price": 2.5}]}', price: '2.5', lines: '[{"price": 2.5}]', id: '7' },
        { order: null, price: null, lines: null, id: null },
      ],
      rejects: [{ order: '{oops' }],
    },
    {
      says: 'gives nulls for what is no JSON',
      params: { column: 'a', fields: [{ path: 'b', name: 'b', type: 'integer' }], otherwise: 'null' },
      inputs: [{ rows: [{ a: '{"b": 1}' }, { a: 'b' }], types: { a: 'character varying' } }],
      output: [
        { a: '{"b": 1}', b: 1 },
        { a: 'b', b: null },
      ],
    },
  ],
});
