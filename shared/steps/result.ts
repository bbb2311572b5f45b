import { defineStep, inputAt } from '../define-step.ts';
import { sql } from '../sql.ts';

export default defineStep({
  title: 'Result',
  group: 'out',
  icon: 'log-out',
  words: 'sub-pipeline output return',
  help: 'Rows that this pipeline gives where another uses it as a step. By itself it writes nothing.',
  params: {},
  columns: ([input]) => input ?? [],
  sql: (inputs) => sql`select *
from ${inputAt(inputs, 0).from} as input`,
  gives: true,
  rowByRow: true,
  summary: () => 'given to the pipeline that uses this one',
  examples: [
    {
      says: 'gives what comes in',
      params: {},
      inputs: [{ types: { id: 'integer' }, rows: [{ id: 1 }, { id: 2 }] }],
      output: [{ id: 1 }, { id: 2 }],
    },
  ],
});
