import { defineStep, inputAt } from '../define-step.ts';
import { pipeline, settings } from '../params.ts';
import { sql } from '../sql.ts';

export default defineStep({
  title: 'Sub-pipeline',
  group: 'combine',
  icon: 'workflow',
  words: 'nested reuse macro workflow call',
  help: 'Uses another pipeline as a step: it is given rows for each of its inputs and values for its parameters, and gives its results. What it writes by itself is not written.',
  inputs: 'any',
  params: {
    pipeline: pipeline('Pipeline', 'One that ends in a result.'),
    set: settings(
      'Parameters',
      'What they are here: a value, or = and a formula, in which {{name}} is a parameter of this pipeline. Empty: as it is there.',
    ),
  },
  columns: ([input]) => input ?? [],
  // The steps of the other pipeline stand before it when it is planned: what is left to do is to hand on their result.
  sql: (inputs) => sql`select *
from ${inputAt(inputs, 0).from} as input`,
  nests: ({ pipeline }) => pipeline,
  rowByRow: true,
  summary: ({ pipeline, set }) =>
    [pipeline, ...Object.entries(set).flatMap(([name, value]) => (value ? `${name} ${value}` : []))].join(
      ', ',
    ),
  examples: [
    {
      says: 'gives the result of the other pipeline',
      params: { pipeline: 'clean names', set: {} },
      inputs: [{ rows: [{ name: 'Ada' }] }],
      output: [{ name: 'Ada' }],
    },
  ],
});
