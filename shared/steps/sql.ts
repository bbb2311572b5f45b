import { defineStep } from '../define-step.ts';
import { query } from '../params.ts';
import { ident, join, nothing, sql, subselect } from '../sql.ts';

export default defineStep({
  title: 'SQL',
  group: 'sql',
  icon: 'code',
  words: 'query custom code select',
  help: 'One SELECT of your own. Each connected step is a table under the id of that step, its rejects under id_rejects; tables of the workspace can be read too.',
  inputs: 'any',
  params: {
    query: query('Query', 'One SELECT without a semicolon inside; it may begin with WITH.', {
      placeholder: 'select *\nfrom orders\norder by amount desc\nlimit 10',
    }),
  },
  columns: 'described',
  sql: (inputs, { query }) => {
    const tables = inputs.map(({ name, from }) => sql`${ident(name)} as (select * from ${from} as input)`);
    const named =
      tables.length > 0
        ? sql`with ${join(
            tables,
            sql`,
`,
          )}
`
        : nothing;
    return sql`${named}select *
from ${subselect(query)} as query`;
  },
  common: true,
  summary: ({ query }) => query.trim().replaceAll(/\s+/g, ' '),
  examples: [
    {
      says: 'reads its inputs by name',
      params: { query: 'select o.id, c.name from first o join second c on c.id = o.customer order by o.id;' },
      inputs: [
        {
          types: { id: 'integer', customer: 'integer' },
          rows: [
            { id: 2, customer: 7 },
            { id: 1, customer: 7 },
          ],
        },
        { types: { id: 'integer' }, rows: [{ id: 7, name: 'Ada' }] },
      ],
      output: [
        { id: 1, name: 'Ada' },
        { id: 2, name: 'Ada' },
      ],
    },
  ],
});
