import { defineStep, inputAt } from '../define-step.ts';
import { columns, model, text } from '../params.ts';
import { withColumns } from '../replaced-columns.ts';
import { ident, join, type Sql, sql } from '../sql.ts';
import { modelKey } from '../step-model.ts';

/** The chosen columns as one text, each on a line of its own; null where there is nothing in them. */
const textOf = (names: readonly string[]): Sql =>
  sql`nullif(btrim(concat_ws(e'\n', ${join(names.map((name) => sql`input.${ident(name)}`))}), e' \n\r\t'), '')`;

const modelOf = ({ model, version }: { readonly model: string; readonly version: string }) =>
  model === '' ? undefined : { id: model, version };

export default defineStep({
  title: 'Embed text',
  group: 'columns',
  icon: 'orbit',
  words: 'vector embedding ai',
  help: 'Adds a vector of what a text means, made on this computer by the built-in English model, or by another of models/. Texts with near meanings have near vectors. What is longer than the model reads (the built-in one 256 tokens) is cut; no text gives no vector.',
  params: {
    columns: columns('Text', 'Columns whose texts are read together, in this order.'),
    name: text('Name', 'What the column with the vector is called.', { placeholder: 'vector' }),
    model: model('Model', 'The built-in one, or one of the folder models/ on this computer.', 'version'),
    version: text('Version', 'Of that model, as its model.yaml says: another one makes all vectors anew.', {
      optional: true,
    }),
  },
  columns: 'described',
  sql: (inputs, { columns, name, ...named }) => {
    const model = modelOf(named);
    const asked = model === undefined ? textOf(columns) : sql`${textOf(columns)}, ${modelKey(model)}`;
    const input = inputAt(inputs, 0);
    return sql`select
  ${withColumns(input, [{ name, value: sql`assay.vector_of(${asked})` }])}
from ${input.from} as input`;
  },
  embeds: (inputs, { columns }) =>
    sql`select ${textOf(columns)} as text from ${inputAt(inputs, 0).from} as input`,
  embedsBy: modelOf,
  rowByRow: true,
  costly: true,
  summary: ({ columns, name, model }) =>
    `${name} = ${columns.join(', ')}${model === '' ? '' : ` by ${model}`}`,
  examples: [
    {
      says: 'gives nothing where there is no text',
      params: { columns: ['title', 'note'], name: 'vector', model: '', version: '' },
      inputs: [
        {
          types: { id: 'integer' },
          rows: [
            { id: 1, title: null, note: null },
            { id: 2, title: '  ', note: '' },
          ],
        },
      ],
      output: [
        { id: 1, title: null, note: null, vector: null },
        { id: 2, title: '  ', note: '', vector: null },
      ],
    },
  ],
});
