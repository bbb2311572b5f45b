import { defineStep } from '../define-step.ts';
import { query } from '../params.ts';
import { sql, subselect } from '../sql.ts';

export default defineStep({
  title: 'Query',
  group: 'in',
  icon: 'file-code',
  words: 'sql select source custom',
  help: 'Reads the rows of one SELECT over the tables of this workspace. They have the order that its ORDER BY gives them; without one, none that is sure to be the same again.',
  inputs: [],
  params: {
    query: query('Query', 'One SELECT without a semicolon inside; it may begin with WITH.', {
      placeholder: "select *\nfrom orders\nwhere status = 'paid'",
    }),
  },
  columns: 'described',
  sql: (_inputs, { query }) => sql`select *
from ${subselect(query)} as query`,
  summary: ({ query }) => query.trim().replaceAll(/\s+/g, ' '),
  examples: [
    {
      says: 'gives what the query gives',
      params: { query: "select 1 as id, 'Bern' as city union all select 2, null" },
      inputs: [],
      output: [
        { id: 1, city: 'Bern' },
        { id: 2, city: null },
      ],
    },
  ],
});
