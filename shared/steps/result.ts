import { defineStep, inputAt } from '../define-step.ts';
import { literal } from '../params.ts';
import { sql } from '../sql.ts';

const name = literal(
  'Name',
  'What these rows are called where there are several results. The first result gives the rows of the step itself.',
  { optional: true, placeholder: 'rejected' },
);

export default defineStep({
  title: 'Result',
  group: 'out',
  icon: 'log-out',
  words: 'sub-pipeline output return',
  help: 'Rows that this pipeline gives where another uses it as a step. By itself it writes nothing.',
  params: {
    name: {
      ...name,
      schema: name.schema.refine(
        (written) => /^([A-Za-z_]\w*)?$/.test(written),
        'Name: letters, digits and _ only, no digit first',
      ),
    },
  },
  columns: ([input]) => input ?? [],
  sql: (inputs) => sql`select *
from ${inputAt(inputs, 0).from} as input`,
  gives: ({ name }) => name,
  rowByRow: true,
  summary: ({ name }) => `${name ? `${name}, ` : ''}given to the pipeline that uses this one`,
  examples: [
    {
      says: 'gives what comes in',
      params: { name: '' },
      inputs: [{ types: { id: 'integer' }, rows: [{ id: 1 }, { id: 2 }] }],
      output: [{ id: 1 }, { id: 2 }],
    },
  ],
});
